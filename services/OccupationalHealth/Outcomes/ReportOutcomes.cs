using System.Globalization;
using Fhir;
using Fhir.Json;
using Messages.Regions;
using OccupationalHealth.Placement;
using OccupationalHealth.Triage;
using ServiceKit.Hosting;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.Outcomes;

/// <summary>
/// <c>GET MeasureReport?measure=…&amp;period=geDAY&amp;period=leDAY[&amp;method=][&amp;region=][&amp;instrument=]</c>:
/// what the episodes that ended in a period came to, counted anew, as a searchset with one MeasureReport, or as
/// <c>text/csv</c> or <c>image/svg+xml</c>.
/// </summary>
public static class ReportOutcomes
{
    private sealed record Question(DateOnly From, DateOnly To, string? Method, string? Region, Instrument Instrument);

    private static readonly OtherFormats Formats = new(FileAnswers.Csv, FileAnswers.Svg);

    public static readonly MadeSearch Search = new(
        "What the episodes of a method that ended in a period came to; period is its first and last day.", Formats,
        ("measure", SearchParamType.Reference), ("period", SearchParamType.Date), ("method", SearchParamType.Token),
        ("region", SearchParamType.Token), ("instrument", SearchParamType.Token));

    public static void MapOutcomes(this RouteGroupBuilder group) =>
        group.MapGet("/MeasureReport", Report).WithMetadata(Formats);

    private static async Task Report(HttpContext context, OccupationalHealthDatabase database, CancellationToken cancel)
    {
        var access = FhirHttp.AccessOf(context.Request);
        var (question, faults) = Read(context.Request.Query);
        if (access is null || faults.Count > 0)
        {
            await FhirHttp.Refuse(
                context.Response, access is null ? Refusal.Unknown : Refusal.BadRequest(faults), cancel);
            return;
        }

        var (from, to, method, region, instrument) = question!;
        var rules = OutcomeRules.InForceOn(to);
        var (facts, now) = await database.Read(async session => (
            await new CollectEpisodes(session, access, instrument).Ended(from, to), session.Now), cancel);
        var strata = NarrowedOutcomes.Of(
            facts, method, region, rules.Of(instrument.Code)!, rules.SmallestGroup);
        var language = Languages.Of(context.Request);
        await (FhirHttp.OtherFormat(context.Request) switch
        {
            FileAnswers.Csv => FileAnswers.Write(context, FileAnswers.Csv, OutcomeCsv.Of(strata, language)),
            FileAnswers.Svg => FileAnswers.Write(
                context, FileAnswers.Svg, OutcomeChart.Of(strata[0], rules.SmallestGroup, language)),
            _ => FhirHttp.Write(context.Response, 200, FhirJson.Write(
                Searchset(OutcomeMeasureReport.Of(strata, from, to, now))), cancel),
        });
    }

    private static (Question? Question, IReadOnlyList<FhirIssue> Faults) Read(IQueryCollection query)
    {
        List<FhirIssue> faults = [];
        var (from, to) = (Day(query["period"], "ge"), Day(query["period"], "le"));
        var (method, region) = (One(query, "method"), One(query, "region"));
        var code = One(query, "instrument") ?? "phq-9";
        if (query["measure"] != OutcomeMeasureReport.Measure)
            faults.Add(Fault("measure", $"The measure is {OutcomeMeasureReport.Measure}."));
        if (from is null || to is null || to < from)
            faults.Add(Fault("period", "The first and the last day: period=geYYYY-MM-DD&period=leYYYY-MM-DD."));
        var day = to ?? from ?? DateOnly.MaxValue;
        var methods = PlacementRules.InForceOn(day).Methods.Select(known => known.Code).ToList();
        if (method is not null && !methods.Contains(method, StringComparer.Ordinal))
            faults.Add(Fault("method", $"A method of the catalogue: {string.Join(", ", methods)}."));
        if (region is not null && RegionDirectory.Names(region) is null)
            faults.Add(Fault("region", "The two-digit code of a county."));
        var rules = OutcomeRules.InForceOn(day);
        if (rules.Of(code) is null)
            faults.Add(Fault("instrument", $"Limits are known of {string.Join(", ", rules.Instruments)}."));
        return faults.Count > 0
            ? (null, faults)
            : (new Question(from!.Value, to!.Value, method, region, Instruments.All.Single(i => i.Code == code)), []);
    }

    private static string? One(IQueryCollection query, string name) =>
        query[name] is [{ Length: > 0 } value] ? value : null;

    private static DateOnly? Day(IEnumerable<string?> values, string prefix) => values
        .Where(value => value?.StartsWith(prefix, StringComparison.Ordinal) == true)
        .Select(value => DateOnly.TryParseExact(
            value![2..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day : (DateOnly?)null)
        .FirstOrDefault();

    private static FhirIssue Fault(string parameter, string message) =>
        Refusal.Issue(IssueType.Value, $"http.{parameter}", message);

    private static Bundle Searchset(MeasureReport report)
    {
        report.Id = ResourceStore.NewId();
        var bundle = new Bundle { Type = BundleType.Searchset, Total = 1 };
        bundle.Entry.Add(new Bundle.EntryComponent { FullUrl = $"urn:uuid:{report.Id}", Resource = report });
        return bundle;
    }
}
