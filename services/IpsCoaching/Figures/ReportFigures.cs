using System.Globalization;
using System.Text;
using Fhir;
using Fhir.Json;
using IpsCoaching.Cases;
using IpsCoaching.Fidelity;
using IpsCoaching.Outcomes;
using Messages;
using ServiceKit.Hosting;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace IpsCoaching.Figures;

/// <summary>
/// <c>GET MeasureReport?measure=…&amp;reporter=Organization/id&amp;period=geDAY&amp;period=leDAY</c>: a measure of one
/// unit, counted anew from its cases, as a searchset of MeasureReports or, by <c>_format</c> or <c>Accept</c>, as a
/// document in the language of <c>lang</c> or <c>Accept-Language</c>.
/// </summary>
public static class ReportFigures
{
    private static readonly UnitMeasure[] Measures = [ReportFidelity.Measure, ReportOutcomes.Measure];

    private static readonly OtherFormats Formats = new(FigureDocument.Csv, FigureDocument.Html, FigureDocument.Svg);

    public static readonly MadeSearch Search = new(
        "measure is one of " + string.Join("; ", Measures.Select(measure =>
            $"{measure.Url} (also as {string.Join(", ", measure.Formats)})"))
        + ". reporter is the unit; period its first and last day, whole quarters for outcomes.",
        Formats,
        ("measure", SearchParamType.Reference), ("reporter", SearchParamType.Reference),
        ("period", SearchParamType.Date));

    public static void MapFigures(this RouteGroupBuilder group) =>
        group.MapGet("/MeasureReport", Report).WithMetadata(Formats);

    private static async Task Report(
        HttpContext context, IpsCoachingDatabase database, TimeProvider time, CancellationToken cancel)
    {
        var (answer, refusal) = await Answer(context.Request, database, FinnishTime.DateOf(time.GetUtcNow()), cancel);
        var response = context.Response;
        await (answer switch
        {
            null => FhirHttp.Refuse(response, refusal!, cancel),
            FigureAnswer.Reports reports => FhirHttp.Write(response, 200, FhirJson.Write(Searchset(reports)), cancel),
            FigureAnswer.Document document => Write(response, document.Content, cancel),
            _ => throw new InvalidOperationException("Another answer is not known."),
        });
    }

    private static async Task<(FigureAnswer? Answer, Refusal? Refusal)> Answer(
        HttpRequest request, IpsCoachingDatabase database, DateOnly today, CancellationToken cancel)
    {
        if (FhirHttp.AccessOf(request) is not { } access) return (null, Refusal.Unknown);
        var query = request.Query;
        var measure = Array.Find(Measures, one => one.Url == query["measure"]);
        var reporter = new ResourceReference(query["reporter"].ToString());
        var (from, to) = (Day(query["period"], "ge"), Day(query["period"], "le"));
        List<FhirIssue> faults = [];
        if (measure is null)
            faults.Add(Fault("measure", $"One of {string.Join(", ", Measures.Select(one => one.Url))}."));
        if (!reporter.TryGetLocal(out var type, out _) || type != "Organization")
            faults.Add(Fault("reporter", "The unit, as Organization/id of this base."));
        if (from is null || to is null || to < from)
            faults.Add(Fault("period", "The first and the last day: period=geYYYY-MM-DD&period=leYYYY-MM-DD."));
        else if (measure?.PeriodFault(from.Value, to.Value, today) is { } fault)
            faults.Add(Fault("period", fault));
        if (faults.Count > 0) return (null, Refusal.BadRequest(faults));
        var format = FhirHttp.OtherFormat(request);
        if (format is not null && !measure!.Formats.Contains(format))
            return (null, FhirHttp.NotAcceptable(["application/fhir+json", .. measure.Formats]));
        return await database.Read<(FigureAnswer?, Refusal?)>(async session =>
        {
            if (await Teams.Own(session, access, reporter) is not { } organization)
                return (null, Refusal.NotFound("The unit is not known here."));
            var wanted = new FigureRequest(
                session, access, organization, from!.Value, to!.Value, today, format, ClientLanguage.Of(request));
            return (await measure!.Make(wanted, await new ReadUnit(session, access).Of(organization.Id!)), null);
        }, cancel);
    }

    private static Bundle Searchset(FigureAnswer.Reports reports)
    {
        var bundle = new Bundle { Type = BundleType.Searchset, Total = reports.All.Count };
        bundle.Entry.AddRange(reports.All.Select(report => new Bundle.EntryComponent
        {
            FullUrl = $"urn:uuid:{report.Id}", Resource = report,
        }));
        return bundle;
    }

    private static Task Write(HttpResponse response, FigureDocument document, CancellationToken cancel)
    {
        var bytes = Encoding.UTF8.GetBytes(document.Text);
        response.ContentType = document.MediaType + "; charset=utf-8";
        response.ContentLength = bytes.Length;
        response.Headers.ContentLanguage = document.Language;
        response.Headers.Vary = "Accept, Accept-Language";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        response.Headers.XContentTypeOptions = "nosniff";
        return response.Body.WriteAsync(bytes, cancel).AsTask();
    }

    private static DateOnly? Day(IEnumerable<string?> values, string prefix) => values
        .Where(value => value?.StartsWith(prefix, StringComparison.Ordinal) == true)
        .Select(value => DateOnly.TryParseExact(value![2..], "yyyy-MM-dd", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var day) ? day : (DateOnly?)null)
        .FirstOrDefault();

    private static FhirIssue Fault(string parameter, string message) =>
        Refusal.Issue(IssueType.Value, "http." + parameter, message);
}
