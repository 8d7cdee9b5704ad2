using System.Net;
using Fhir;
using Messages;

namespace IpsCoaching.Tests.Cases;

/// <summary>Cases that come by the person's own wish or from the care team, beside coaching-request.</summary>
public sealed class EnterCaseTests
{
    private static readonly string Retention = Canonicals.StructureDefinition("ips-work-retention");

    [Fact]
    public async Task A_person_enters_by_their_own_wish()
    {
        await using var ips = await RunningIps.Start();
        var episode = await Life.Enter(ips, "2026-11-20");
        var person = Assert.Single(await ips.All<Patient>());
        Assert.Equal(Given.Client, person.Identifier.Single().Value);
        Assert.Equal($"Patient/{person.Id}", episode.Patient!.Reference);
        Assert.Empty(episode.Contained);
        Assert.Equal("self-referral", EntryOf(episode));
        Assert.Equal(["agreement 2026-11-20.."], episode.Phases());
        Assert.Equal(["PractitionerRole/coach-kaisa-role 2026-11-20.."], episode.Coaches());
        Assert.NotEmpty(episode.Identifier.Single(known => known.System == Systems.Journey).Value!);
        Assert.Empty(await ips.Outbox());
    }

    [Fact]
    public async Task The_care_team_enters_a_person_and_learns_of_a_status_afterwards()
    {
        await using var ips = await RunningIps.Start();
        var episode = Given.SelfReferral(entry: "care-team");
        var team = new CareTeam { Id = "team", Status = CareTeamStatus.Active };
        team.ManagingOrganization.Add(new ResourceReference("Organization/psychiatric-unit-pirkanmaa"));
        episode.Contained.Add(team);
        episode.Team.Add(new ResourceReference("#team"));
        var stored = await RunningIps.Read<EpisodeOfCare>(
            await ips.Post("EpisodeOfCare", episode), HttpStatusCode.Created);
        var kept = Assert.Single(await ips.All<CareTeam>(), one => one.Id != "psychiatric-care-team");
        Assert.Equal($"CareTeam/{kept.Id}", stored.Team.Single().Reference);
        Assert.Equal(stored.Patient!.Reference, kept.Subject!.Reference);
        await ips.Send(Given.StatusUpdate("2026-11-20"));
        Assert.Equal("employment-status-for-care-team", Assert.Single(await ips.Outbox()).Kind);
    }

    [Fact]
    public async Task Without_a_care_team_nobody_learns_of_a_status()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips);
        await ips.Send(Given.StatusUpdate("2026-11-20"));
        Assert.Single(await ips.All<Observation>());
        Assert.Empty(await ips.Outbox());
    }

    [Fact]
    public async Task What_is_known_of_a_person_is_not_overwritten_and_there_is_one_open_case()
    {
        await using var ips = await RunningIps.Start();
        await ips.Send(Given.CoachingRequest());
        var again = Given.SelfReferral();
        ((Patient)again.Contained.Single()).Name.Single().Family = "Toinen";
        Assert.Equal(
            ["EpisodeOfCare.patient"],
            await RunningIps.Faults(await ips.Post("EpisodeOfCare", again), HttpStatusCode.Conflict));
        Assert.Equal(Given.Family, Assert.Single(await ips.All<Patient>()).Name.Single().Family);
        Assert.Equal("coaching-request", EntryOf(Assert.Single(await ips.All<EpisodeOfCare>())));
    }

    [Fact]
    public async Task Five_self_referrals_at_once_open_one_case()
    {
        await using var ips = await RunningIps.Start();
        var responses = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => ips.Post("EpisodeOfCare", Given.SelfReferral())));
        Assert.Single(responses, response => response.StatusCode == HttpStatusCode.Created);
        Assert.Single(await ips.All<EpisodeOfCare>());
        Assert.Single(await ips.All<Patient>());
    }

    [Fact]
    public async Task A_job_at_risk_is_marked_apart_whoever_asks()
    {
        await using var ips = await RunningIps.Start();
        var request = Given.CoachingRequest();
        request.Only<ServiceRequest>().SetExtension(Retention, new FhirBoolean(true));
        await ips.Send(request);
        Assert.True(IsRetention(Assert.Single(await ips.All<EpisodeOfCare>())));

        await using var other = await RunningIps.Start();
        var self = Given.SelfReferral();
        self.SetExtension(Retention, new FhirBoolean(true));
        await other.Post("EpisodeOfCare", self);
        Assert.True(IsRetention(Assert.Single(await other.All<EpisodeOfCare>())));
    }

    [Fact]
    public async Task Every_fault_of_an_entry_is_listed_with_its_place()
    {
        await using var ips = await RunningIps.Start();
        var episode = Given.SelfReferral("2026-12-01", "readiness-test");
        ((Patient)episode.Contained.Single()).Identifier.Clear();
        episode.Status = EpisodeOfCareStatus.Waitlist;
        episode.Type.Add(new CodeableConcept(Systems.Method, "klt"));
        episode.ManagingOrganization = new ResourceReference("Organization/nowhere");
        episode.CareManager = new ResourceReference("PractitionerRole/nobody");
        episode.Team.Add(new ResourceReference("CareTeam/none"));
        episode.Period!.End = "2026-12-02";
        episode.Begin("job-search", "2026-12-01");
        episode.Begin("on-the-moon", "2026-12-02");
        Assert.Equal(
            [
                "EpisodeOfCare.careManager", "EpisodeOfCare.contained[0].identifier",
                "EpisodeOfCare.extension('ips-entry')", "EpisodeOfCare.extension('ips-phase')",
                "EpisodeOfCare.extension[1].extension('period')", "EpisodeOfCare.extension[2].extension('period')",
                "EpisodeOfCare.extension[2].extension('phase')", "EpisodeOfCare.managingOrganization",
                "EpisodeOfCare.period.end", "EpisodeOfCare.period.start", "EpisodeOfCare.status",
                "EpisodeOfCare.team[0]", "EpisodeOfCare.type",
            ],
            await RunningIps.Faults(await ips.Post("EpisodeOfCare", episode), HttpStatusCode.BadRequest));
        Assert.Empty(await ips.All<EpisodeOfCare>());
        Assert.Empty(await ips.All<Patient>());
    }

    private static string? EntryOf(EpisodeOfCare episode) =>
        ((Coding)episode.GetExtension(Canonicals.StructureDefinition("ips-entry"))!.Value!).Code;

    private static bool IsRetention(EpisodeOfCare episode) =>
        episode.GetExtension(Retention)?.Value is FhirBoolean { Value: true };
}
