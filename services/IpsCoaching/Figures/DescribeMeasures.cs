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

/// <summary><c>GET Measure</c>, with <c>url</c> or without: what the measures hold, in three languages.</summary>
public static class DescribeMeasures
{
    public static readonly MadeSearch Search = new(
        "What MeasureReport tells: each part of a measure with its code and names.", new OtherFormats(),
        ("url", SearchParamType.Uri));

    public static void MapMeasures(this RouteGroupBuilder group) => group.MapGet("/Measure", Describe);

    private static Task Describe(HttpContext context, TimeProvider time, CancellationToken cancel)
    {
        if (FhirHttp.AccessOf(context.Request) is null)
            return FhirHttp.Refuse(context.Response, Refusal.Unknown, cancel);
        var url = context.Request.Query["url"];
        var all = Measures(FinnishTime.DateOf(time.GetUtcNow()))
            .Where(measure => url.Count == 0 || url == measure.Url).ToList();
        var bundle = new Bundle { Type = BundleType.Searchset, Total = all.Count };
        bundle.Entry.AddRange(all.Select(measure => new Bundle.EntryComponent
        {
            FullUrl = measure.Url, Resource = measure,
        }));
        return FhirHttp.Write(context.Response, 200, FhirJson.Write(bundle), cancel);
    }

    private static IEnumerable<Measure> Measures(DateOnly today)
    {
        var rules = IpsRules.InForceOn(today);
        var nothing = new CountOutcomes(new UnitRecord([], []), Quarter.Of(today), today, rules).Count();
        yield return Make(
            ReportFidelity.Url, FidelityMeasureReport.ItemSystem, FidelityItems.All,
            new("fidelity", "IPS-laatukriteerit", "IPS-kvalitetskriterier", "IPS fidelity"),
            "Numbers of the 25 items with labels of our own; the scale and its wording are the IPS Employment Center's.");
        yield return Make(
            ReportOutcomes.Url, OutcomeNames.System,
            [.. new OutcomePolicy(nothing, rules).Show().Select(outcome => outcome.Name)],
            new("outcomes", "IPS-työhönvalmennuksen tulokset", "Resultat av IPS-arbetscoachning", "IPS outcomes"), null);
    }

    private static Measure Make(
        string url, string system, IEnumerable<TranslatedName> parts, TranslatedName title, string? copyright)
    {
        var measure = new Measure
        {
            Id = url[(url.LastIndexOf('/') + 1)..], Url = url, Status = PublicationStatus.Active,
            TitleElement = title.ToText(), Copyright = copyright,
        };
        measure.Group.AddRange(parts.Select(part => new Measure.GroupComponent
        {
            Code = new CodeableConcept { Coding = [part.ToCoding(system)] },
        }));
        return measure;
    }
}
