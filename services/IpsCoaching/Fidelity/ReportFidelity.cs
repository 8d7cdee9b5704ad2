using System.Globalization;
using Fhir;
using Fhir.Json;
using IpsCoaching.Cases;
using Messages;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace IpsCoaching.Fidelity;

/// <summary>
/// <c>GET MeasureReport?measure=…&amp;reporter=Organization/id&amp;period=geDAY&amp;period=leDAY</c>: the fidelity of
/// one unit in a period, counted anew from its cases, as a searchset with one MeasureReport.
/// </summary>
public static class ReportFidelity
{
    public static readonly string Measure = Canonicals.Base + "/Measure/ips-fidelity",
        ItemSystem = Canonicals.CodeSystem("ips-fidelity-item"),
        EvidenceSystem = Canonicals.CodeSystem("ips-fidelity-evidence");

    public static void MapFidelity(this RouteGroupBuilder group) => group.MapGet("/MeasureReport", Report);

    private static async Task Report(HttpContext context, IpsCoachingDatabase database, CancellationToken cancel)
    {
        var (answer, refusal) = await Answer(context, database, cancel);
        await (refusal is not null
            ? FhirHttp.Refuse(context.Response, refusal, cancel)
            : FhirHttp.Write(context.Response, 200, FhirJson.Write(answer!), cancel));
    }

    private static async Task<(Bundle? Answer, Refusal? Refusal)> Answer(
        HttpContext context, IpsCoachingDatabase database, CancellationToken cancel)
    {
        if (FhirHttp.AccessOf(context.Request) is not { } access) return (null, Refusal.Unknown);
        var query = context.Request.Query;
        var reporter = new ResourceReference(query["reporter"].ToString());
        var (from, to) = (Day(query["period"], "ge"), Day(query["period"], "le"));
        List<FhirIssue> faults = [];
        if (query["measure"] != Measure) faults.Add(Fault("measure", $"The measure is {Measure}."));
        if (!reporter.TryGetLocal(out var type, out var unit) || type != "Organization")
            faults.Add(Fault("reporter", "The unit, as Organization/id of this base."));
        if (from is null || to is null || to < from)
            faults.Add(Fault("period", "The first and the last day: period=geYYYY-MM-DD&period=leYYYY-MM-DD."));
        if (faults.Count > 0) return (null, Refusal.BadRequest(faults));
        return await database.Read<(Bundle?, Refusal?)>(async session =>
        {
            if (await session.Resources.Get<Organization>(access, unit) is null)
                return (null, Refusal.NotFound("The unit is not known here."));
            var facts = await new CollectFidelityFacts(session, access, from!.Value, to!.Value).Of(unit);
            var report = Make(facts, reporter, session.Now);
            var answer = new Bundle { Type = BundleType.Searchset, Total = 1 };
            answer.Entry.Add(new Bundle.EntryComponent
            {
                FullUrl = $"urn:uuid:{report.Id}", Resource = report,
            });
            return (answer, null);
        }, cancel);
    }

    private static MeasureReport Make(FidelityFacts facts, ResourceReference unit, DateTimeOffset now)
    {
        var report = new MeasureReport
        {
            Id = ResourceStore.NewId(), Status = MeasureReportStatus.Complete, Type = MeasureReportType.Summary,
            Measure = Measure, Reporter = unit, DateElement = new FhirDateTime(now),
            Period = new Period(
                new FhirDateTime(CaseRule.Day(facts.From)), new FhirDateTime(CaseRule.Day(facts.To))),
        };
        foreach (var item in FidelityPolicy.Score(facts, IpsRules.InForceOn(facts.To).Fidelity))
        {
            var group = new MeasureReport.GroupComponent
            {
                Code = new CodeableConcept { Coding = [item.Number.ToCoding(ItemSystem)] },
                MeasureScore = item.Score is { } score ? new Quantity { Value = score } : null,
            };
            foreach (var (what, count) in item.Evidence)
                group.Population.Add(new MeasureReport.PopulationComponent
                {
                    Code = new CodeableConcept(EvidenceSystem, what), Count = (int)count,
                });
            report.Group.Add(group);
        }

        return report;
    }

    private static DateOnly? Day(IEnumerable<string?> values, string prefix) => values
        .Where(value => value?.StartsWith(prefix, StringComparison.Ordinal) == true)
        .Select(value => DateOnly.TryParseExact(value![2..], "yyyy-MM-dd", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var day) ? day : (DateOnly?)null)
        .FirstOrDefault();

    private static FhirIssue Fault(string parameter, string message) =>
        Refusal.Issue(IssueType.Value, "http." + parameter, message);
}
