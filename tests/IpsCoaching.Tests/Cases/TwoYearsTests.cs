using Fhir;
using IpsCoaching.Career;
using IpsCoaching.EmployerContacts;
using Messages;

namespace IpsCoaching.Tests.Cases;

/// <summary>
/// A whole case against the table two-years.txt: every message, period, due contact and fact of a measure.
/// </summary>
public sealed class TwoYearsTests
{
    [Fact]
    public async Task A_case_of_two_years_lived_through_the_gateway_leaves_exactly_what_the_table_says()
    {
        await using var ips = await RunningIps.Start(throughGateway: true);
        var life = new TwoYears(ips);
        await life.Live();
        List<string> lines =
        [
            .. await Messages(ips), .. await Case(ips), .. await Work(ips), .. await Facts(ips, life.Jobs),
            .. life.Listed, .. await Due(ips, life.Jobs),
        ];
        Assert.Equal(Table(), lines);
    }

    private static IEnumerable<string> Table()
    {
        using var file = typeof(TwoYearsTests).Assembly.GetManifestResourceStream("two-years.txt")!;
        return new StreamReader(file).ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#')).ToList();
    }

    private static async Task<IEnumerable<string>> Messages(RunningIps ips) => (await ips.Outbox()).Select(sent =>
    {
        var status = sent.Bundle.Only<Observation>();
        return $"message {FinnishTime.DateOf(sent.Bundle.Timestamp!.Value):O} "
            + $"{sent.Kind.Replace("employment-status-for-", "", StringComparison.Ordinal)} "
            + $"{Code(status.Value!)} {((Period)status.Effective!).Start}";
    }).Order(StringComparer.Ordinal);

    private static async Task<IEnumerable<string>> Case(RunningIps ips)
    {
        var episode = Assert.Single(await ips.All<EpisodeOfCare>());
        var reason = ((Coding)episode.GetExtension(Canonicals.StructureDefinition("ips-ending-reason"))!.Value!).Code;
        return
        [
            $"case {episode.Status} {Days(episode.Period!)} {reason}",
            .. episode.Phases().Select(one => "phase " + one),
            .. episode.Coaches().Select(one => "coach " + one),
            .. episode.WasBefore().Select(one => "was " + one),
        ];
    }

    private static async Task<IEnumerable<string>> Work(RunningIps ips)
    {
        var all = (await ips.All<Observation>()).OrderBy(one => ((Period)one.Effective!).Start, StringComparer.Ordinal);
        var ofKind = all.ToLookup(one => one.Code!.Coding[0].Code);
        return
        [
            .. ofKind["74165-2"].Select(one => $"status {Code(one.Value!)} {Days((Period)one.Effective!)}"),
            .. ofKind["11341-5"].Select(one => $"job {Employer(one.Extension)} {Days((Period)one.Effective!)} "
                + Reason(one, "ips-job-end-reason")),
            .. ofKind["education"].Select(one => $"education {Days((Period)one.Effective!)} "
                + Reason(one, "ips-education-end-reason")),
        ];
    }

    private static async Task<IEnumerable<string>> Facts(RunningIps ips, List<string> jobs)
    {
        var episode = Assert.Single(await ips.All<EpisodeOfCare>());
        var employers = (await ips.All<Encounter>()).Where(one => CoachContact.KindOf(one) == CoachContact.Employer)
            .OrderBy(one => CoachContact.DayOf(one)).ToList();
        var days = CoachContact.DayOf(employers[0])!.Value.DayNumber - Given.Day(episode.Period!.Start!).DayNumber;
        var starts = (await ips.All<Observation>()).Where(one => jobs.Contains(one.Id!))
            .Select(one => Given.Day(((Period)one.Effective!).Start!));
        var counselled = await ips.All<Procedure>();
        return
        [
            $"first-employer-contact {days} days after the entry",
            .. counselled.Select(one => $"counselling {Counselling.DayOf(one):O} "
                + (starts.All(start => Counselling.IsBefore(start, counselled)) ? "before every job" : "late")),
            .. (await ips.All<QuestionnaireResponse>()).OrderBy(one => one.Authored, StringComparer.Ordinal)
                .Select(one => $"profile {one.Authored} after "
                    + (CareerProfile.JobsOf(one).SingleOrDefault() is { } job ? Name(jobs, job) : "-")),
            .. (await ips.All<Goal>())
                .Select(one => $"wish {WorkPreference.AboutOf(one)} {WorkPreference.SinceOf(one):O}")
                .Order(StringComparer.Ordinal),
            .. (await ips.All<Consent>()).Where(one => one.Provision!.Type is ConsentProvisionType.Deny)
                .Select(one => $"asked {one.DateTime![..10]}").Order(StringComparer.Ordinal),
            .. employers.Select(one => $"employer {CoachContact.DayOf(one):O} {Employer(one.Extension)} told "
                + string.Join(',', one.Extension.Where(told => told.Url == CoachContact.ToldUrl)
                    .Select(told => ((Coding)told.Value!).Code))),
        ];
    }

    private static async Task<IEnumerable<string>> Due(RunningIps ips, List<string> jobs) =>
        (await ips.All<FhirTask>()).Where(one => one.Code?.Coding[0].System == FollowAlongKinds.SystemUrl)
            .Select(one => (Job: Name(jobs, one.Focus!.Reference!.Split('/')[1]), Task: one))
            .OrderBy(one => one.Job, StringComparer.Ordinal)
            .ThenBy(one => Order.IndexOf(one.Task.Code!.Coding[0].Code!))
            .ThenBy(one => one.Task.Restriction!.Period!.Start, StringComparer.Ordinal)
            .Select(one => $"due {one.Job} {one.Task.Code!.Coding[0].Code} {Days(one.Task.Restriction!.Period!)} "
                + one.Task.Status);

    private static readonly List<string> Order = ["before-start", "after-start", "weekly", "monthly"];

    private static string Name(List<string> jobs, string id) => $"job-{jobs.IndexOf(id) + 1}";

    private static string Days(Period period) => $"{period.Start}..{period.End}";

    private static string? Code(DataType value) => ((CodeableConcept)value).Coding[0].Code;

    private static string Reason(Observation one, string name) =>
        (one.GetExtension(Canonicals.StructureDefinition(name))?.Value as Coding)?.Code ?? "-";

    private static string? Employer(IEnumerable<Extension> extensions) =>
        extensions.Select(one => one.Value).OfType<ResourceReference>().First().Identifier!.Value;
}
