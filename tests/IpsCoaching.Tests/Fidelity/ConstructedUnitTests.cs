using System.Net;
using Fhir;
using IpsCoaching.Tests.Figures;
using TaskStatus = Fhir.TaskStatus;

namespace IpsCoaching.Tests.Fidelity;

/// <summary>
/// A unit that just reaches the top anchor of each of the 13 items that cases tell of (domain.md §4), and then the same
/// unit just below one of them. All by hand: 184 days are 26.29 weeks, of which 158 meetings are 6.01 a week.
/// </summary>
public sealed class ConstructedUnitTests
{
    private static readonly Plan Top = new();

    public static TheoryData<int, int?, Plan> Cases => new()
    {
        { 1, 5, Top }, { 1, 4, Top with { Clients = 21 } },
        { 2, 5, Top }, { 2, 4, Top with { OtherMinutes = 304 } },
        { 4, 5, Top }, { 4, null, Top with { FromTwoTeams = 17 } },
        { 12, 5, Top }, { 12, null, Top with { LastCounselling = "2026-07-01" } },
        { 13, 5, Top }, { 13, null, Top with { TalksOfLast = 1 } },
        { 14, 5, Top }, { 14, null, Top with { ProfileDay = "2026-09-29" } },
        { 15, 5, Top }, { 15, 4, Top with { FirstContact = "2026-06-01" } },
        { 17, 5, Top }, { 17, 4, Top with { Meetings = 157 } },
        { 19, 5, Top }, { 19, null, Top with { Occupations = 16 } },
        { 20, 5, Top }, { 20, null, Top with { Employers = 16 } },
        { 21, 5, Top }, { 21, null, Top with { OpenJobs = 18 } },
        { 23, 5, Top }, { 23, null, Top with { LastDue = TaskStatus.Failed } },
        { 24, 5, Top }, { 24, null, Top with { OfficeMinutes = 2553 } },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_anchor_is_reached_and_just_missed(int item, int? score, Plan plan)
    {
        await using var ips = await RunningIps.Start();
        await plan.Build().StoreIn(ips);
        var report = (await RunningIps.Read<Bundle>(
            await ReportFidelityTests.Get(ips, "Organization/" + Programme.Unit, "2026-05-01", "2026-10-31"),
            HttpStatusCode.OK)).Only<MeasureReport>();
        Assert.Equal((decimal?)score, report.Group[item - 1].MeasureScore?.Value);
    }

    /// <summary>A unit of one coach.</summary>
    public sealed record Plan
    {
        public int Clients { get; init; } = 20;

        public int FromTwoTeams { get; init; } = 18;

        public int Meetings { get; init; } = 158;

        // Of 4740 + 2552 minutes 65.003 % are outside; of 7292 + 303 minutes 96.01 % are coaching.
        public int OfficeMinutes { get; init; } = 2552;

        public int OtherMinutes { get; init; } = 303;

        public string FirstContact { get; init; } = "2026-05-31";

        public int Occupations { get; init; } = 17;

        public int Employers { get; init; } = 17;

        public int OpenJobs { get; init; } = 19;

        public string LastCounselling { get; init; } = "2026-06-30";

        public int TalksOfLast { get; init; } = 2;

        public string ProfileDay { get; init; } = "2026-09-30";

        public TaskStatus LastDue { get; init; } = TaskStatus.Completed;

        internal Programme Build()
        {
            var unit = new Programme();
            var clients = Enumerable.Range(0, Clients).Select(i => unit.Client(
                "2026-05-01", team: i >= FromTwoTeams ? "team-c" : i % 2 == 0 ? "team-a" : "team-b")).ToList();
            for (var i = 0; i < clients.Count; i++) Fill(unit, clients[i], i);
            for (var i = clients.Count; i < Meetings; i++) unit.ContactOfCoach("2026-08-03", "employer");
            unit.Contact(clients[0], "2026-08-04", "client", "AMB", OfficeMinutes);
            unit.ContactOfCoach("2026-08-05", "other-service", OtherMinutes);
            unit.Due(clients[0], "2026-08-06", TaskStatus.Completed);
            unit.Due(clients[0], "2026-10-31", LastDue);
            return unit;
        }

        private void Fill(Programme unit, EpisodeOfCare client, int i)
        {
            unit.Contact(client, FirstContact, "employer");
            var (isFirst, isLast) = (i == 0, i == Clients - 1);
            var job = unit.Job(client, "2026-07-01", isFirst ? "2026-09-30" : null,
                $"{1000000 + Math.Min(i, Employers - 1)}-1", $"{9000 + Math.Min(i, Occupations - 1)}");
            if (i >= OpenJobs) Programme.IsNoOpenJob(job);
            if (isFirst) unit.Profile(client, ProfileDay, job);
            unit.Counselling(client, isLast ? LastCounselling : "2026-06-30");
            for (var talk = 0; talk < (isLast ? TalksOfLast : 2); talk++)
                unit.DisclosureTalk(client, $"2026-06-1{talk}");
        }
    }
}
