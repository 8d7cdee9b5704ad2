using System.Net;
using Fhir;
using IpsCoaching.Tests.Cases;
using Messages;
using TaskStatus = Fhir.TaskStatus;

namespace IpsCoaching.Tests.Teams;

/// <summary>Who sees a case: the team that coaches the person now, whichever way things came to be stored.</summary>
public sealed class OwnTeamTests
{
    [Fact]
    public async Task A_case_that_goes_to_a_coach_of_another_team_is_seen_by_that_team_alone_from_then_on()
    {
        await using var ips = await TwoTeams.Start();
        await TwoTeams.TheirCase(ips);
        using var ours = ips.As(TwoTeams.Ours);
        using var theirs = ips.As(TwoTeams.Theirs);
        // The team itself adds something too, and hands over.
        await RunningIps.Read<Encounter>(await theirs.PostAsync("Encounter", RunningIps.Body(
            Given.Contact(Assert.Single(await ips.All<EpisodeOfCare>()), "2026-11-23", "outreach"))), HttpStatusCode.Created);
        var before = await TwoTeams.All(theirs);
        Assert.Equal(TwoTeams.Types, before.Select(one => one.Split('/')[0]).Distinct());
        Assert.Empty(await TwoTeams.All(ours));
        var episode = Assert.Single(await ips.All<EpisodeOfCare>());
        episode.CareManager = new ResourceReference("PractitionerRole/coach-kaisa-role");
        await RunningIps.Read<EpisodeOfCare>(
            await theirs.PutAsync($"EpisodeOfCare/{episode.Id}", RunningIps.Body(episode)), HttpStatusCode.OK);

        Assert.Equal(before.Order(), (await TwoTeams.All(ours)).Order());
        Assert.Empty(await TwoTeams.All(theirs));
        Assert.Equal(HttpStatusCode.NotFound, (await theirs.GetAsync($"EpisodeOfCare/{episode.Id}/_history/1")).StatusCode);
        await RunningIps.Read<Observation>(await ips.Post("Observation", Given.Status("2026-11-23")), HttpStatusCode.Created);
        Assert.Equal(before.Count + 1, (await TwoTeams.All(ours)).Count);
        Assert.Empty(await TwoTeams.All(theirs));
        // The controller's register keeps it all.
        Assert.Equal(before.Count + 1, (await TwoTeams.All(ips.Connect())).Count);
    }

    [Fact]
    public async Task A_person_whom_two_teams_coach_is_one_in_the_register_and_neither_sees_what_the_other_has()
    {
        await using var ips = await TwoTeams.Start();
        var theirCase = await TwoTeams.TheirCase(ips);
        using var ours = ips.As(TwoTeams.Ours);
        using var theirs = ips.As(TwoTeams.Theirs);
        var before = await TwoTeams.All(theirs);
        var own = await TwoTeams.Enter(ours, TwoTeams.Ours, "PractitionerRole/coach-kaisa-role", Given.Client);
        Assert.Equal(theirCase.Patient!.Reference, own.Patient!.Reference);
        Assert.Single(await ips.All<Patient>());
        Assert.Equal([$"EpisodeOfCare/{own.Id}", own.Patient.Reference!], await TwoTeams.All(ours));

        var job = await RunningIps.Read<Observation>(
            await ours.PostAsync("Observation", RunningIps.Body(Given.Job("2026-11-23", employer: "7654321-2"))),
            HttpStatusCode.Created);
        var due = await TwoTeams.Sees(ours, "Task");
        Assert.NotEmpty(due);
        Assert.Equal(before, await TwoTeams.All(theirs));
        // What falls due is settled for each team apart, by what that team has.
        await using var later = await ips.Restart("2026-12-08");
        using var oursLater = later.As(TwoTeams.Ours);
        using var theirsLater = later.As(TwoTeams.Theirs);
        for (var i = 0; i < 100 && await Missed(oursLater) * await Missed(theirsLater) == 0; i++) await Task.Delay(100);
        Assert.NotEqual(0, await Missed(oursLater) * await Missed(theirsLater));
        Assert.Equal(due.Order(), (await TwoTeams.Sees(oursLater, "Task")).Order());
        Assert.Equal(before.Order(), (await TwoTeams.All(theirsLater)).Order());
        Assert.Equal([$"Observation/{job.Id}"], await TwoTeams.Sees(oursLater, "Observation"));
    }

    [Fact]
    public async Task A_request_for_coaching_and_what_a_team_has_of_no_client_are_seen_by_whom_they_name()
    {
        await using var ips = await TwoTeams.Start();
        using var asks = ips.As("psychiatric-unit-pirkanmaa");
        using var ours = ips.As(TwoTeams.Ours);
        await RunningIps.Read<Bundle>(await RunningIps.Send(asks, Given.CoachingRequest()), HttpStatusCode.OK);
        Assert.Equal(["EpisodeOfCare", "Patient", "Task", "ServiceRequest", "CareTeam"],
            (await TwoTeams.All(asks)).Select(one => one.Split('/')[0]));
        Assert.Empty(await TwoTeams.All(ours));
        await Life.Changed(ips, one => one.CareManager = new ResourceReference("PractitionerRole/coach-kaisa-role"));
        // Who asked still sees what it asked for and what became of it, and nothing that coaching records.
        Assert.Equal(5, (await TwoTeams.All(asks)).Count);
        Assert.Equal(5, (await TwoTeams.All(ours)).Count);
        await RunningIps.Read<Observation>(await ips.Post("Observation", Given.Job("2026-11-23")), HttpStatusCode.Created);
        Assert.Equal(5, (await TwoTeams.All(asks)).Count);

        var meeting = Given.Contact(new EpisodeOfCare(), "2026-11-23", "group-supervision");
        meeting.EpisodeOfCare.Clear();
        await RunningIps.Read<Encounter>(await ips.Post("Encounter", meeting), HttpStatusCode.Created);
        Assert.Single(await TwoTeams.Sees(ours, "Encounter"));
        Assert.Empty(await TwoTeams.Sees(asks, "Encounter"));
    }

    private static async Task<int> Missed(HttpClient connection)
    {
        var bundle = await RunningIps.Read<Bundle>(await connection.GetAsync("Task?status=failed"), HttpStatusCode.OK);
        return bundle.All<FhirTask>().Count(task => task.Status is TaskStatus.Failed);
    }
}
