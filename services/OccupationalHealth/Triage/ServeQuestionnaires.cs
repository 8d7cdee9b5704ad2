using Fhir;
using Fhir.Json;
using ServiceKit.Hosting;
using ServiceKit.Rest;

namespace OccupationalHealth.Triage;

/// <summary>
/// Read and search (by <c>_id</c> and <c>url</c>) of the Questionnaires. They come with the program and its settings,
/// the same for every tenant, and so stand in no store: http://hl7.org/fhir/R4/http.html#read, #search.
/// </summary>
public static class ServeQuestionnaires
{
    private static readonly string[] Parameters = ["_id", "url"];

    public static readonly MadeSearch Described = new(
        "They come with the program and its settings, the same for everybody.", new OtherFormats(),
        ("_id", SearchParamType.Token), ("url", SearchParamType.Uri));

    public static void MapQuestionnaires(this RouteGroupBuilder group)
    {
        group.MapGet("/Questionnaire/{id}", Read);
        group.MapGet("/Questionnaire", Search);
    }

    private static Task Read(HttpContext context, TriageOptions options, string id)
    {
        var instrument = Instruments.All.FirstOrDefault(known => known.Code == id);
        return FhirHttp.AccessOf(context.Request) is null ? Refuse(context, Refusal.Unknown)
            : instrument is null ? Refuse(context, Refusal.NotFound("There is no such Questionnaire."))
            : Write(context, DescribeInstrument.Of(instrument, options.TextsOf(instrument)));
    }

    private static Task Search(HttpContext context, TriageOptions options)
    {
        if (FhirHttp.AccessOf(context.Request) is null)
            return Refuse(context, Refusal.Unknown);
        var query = context.Request.Query;
        var faults = query.Keys.Where(key => !Parameters.Contains(key, StringComparer.Ordinal) && key != "_format")
            .Select(_ => Refusal.Issue(IssueType.NotSupported, "http", "Questionnaires are searched by _id and url."));
        if (faults.ToList() is { Count: > 0 } refused)
            return Refuse(context, Refusal.BadRequest(refused));

        var root = FhirHttp.BaseUrl(context.Request, OccupationalHealthModule.Definition.Path);
        var found = Instruments.All
            .Where(known => !query.ContainsKey("_id") || query["_id"].ToString().Split(',').Contains(known.Code))
            .Where(known => !query.ContainsKey("url") || query["url"].ToString().Split(',').Contains(known.Url))
            .ToList();
        var bundle = new Bundle { Type = BundleType.Searchset, Total = found.Count };
        bundle.Entry.AddRange(found.Select(known => new Bundle.EntryComponent
        {
            FullUrl = $"{root}/Questionnaire/{known.Code}",
            Resource = DescribeInstrument.Of(known, options.TextsOf(known)),
            Search = new Bundle.SearchComponent { Mode = SearchEntryMode.Match },
        }));
        return Write(context, bundle);
    }

    private static Task Refuse(HttpContext context, Refusal refusal) =>
        FhirHttp.Refuse(context.Response, refusal, context.RequestAborted);

    private static Task Write(HttpContext context, Resource resource) =>
        FhirHttp.Write(context.Response, 200, FhirJson.Write(resource), context.RequestAborted);
}
