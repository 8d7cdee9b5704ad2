using System.Net;
using Fhir;
using IpsCoaching.Tests.Career;
using IpsCoaching.Tests.Cases;
using Messages;

namespace IpsCoaching.Tests.Teams;

/// <summary>What belongs to which case, and who sees it for that.</summary>
public sealed class BelongsToCaseTests
{
    [Fact]
    public async Task A_team_that_hands_over_one_of_two_cases_of_a_person_keeps_what_belongs_to_the_other_alone()
    {
        await using var ips = await TwoTeams.Start();
        using var all = ips.Connect();
        using var ours = ips.As(TwoTeams.Ours);
        using var theirs = ips.As(TwoTeams.Theirs);
        var first = await Open(ips, "2026-03-02");
        await Stored(ips, Given.Contact(first, "2026-03-10"), Given.Job("2026-03-09", "2026-03-31"));
        await Life.Changed(ips, one => one.Finish("client-wish", "2026-04-30"));
        var kept = await TwoTeams.All(theirs);

        var second = await Open(ips, "2026-09-01");
        Assert.Equal(first.Patient!.Reference, second.Patient!.Reference);
        await Stored(ips,
            Asked.Answer(second, "2026-09-01T09:00:00+03:00", Asked.Permit("contact")), Given.Contact(second, "2026-09-02"),
            Given.Job("2026-09-07"), Recorded.Profile(second, "2026-09-03"), Recorded.Wish(second, "2026-09-03"));
        var both = await TwoTeams.All(theirs);
        second.CareManager = new ResourceReference("PractitionerRole/coach-kaisa-role");
        await RunningIps.Read<EpisodeOfCare>(await ips.Put(second), HttpStatusCode.OK);

        Assert.Equal(kept.Order(), (await TwoTeams.All(theirs)).Order());
        Assert.Equal(both.Except(kept).Append(first.Patient.Reference!).Order(), (await TwoTeams.All(ours)).Order());
        Assert.Equal(both.Order(), (await TwoTeams.All(all)).Order());
    }

    [Fact]
    public async Task What_was_stored_before_anything_was_shared_is_seen_by_its_team_after_the_next_start()
    {
        await using var ips = await TwoTeams.Start();
        await TwoTeams.TheirCase(ips);
        using var theirs = ips.As(TwoTeams.Theirs);
        using var ours = ips.As(TwoTeams.Ours);
        await TwoTeams.Enter(ours, TwoTeams.Ours, "PractitionerRole/coach-kaisa-role", "010594Y9032");
        var (before, own) = (await TwoTeams.All(theirs), await TwoTeams.All(ours));
        await ips.Unshare();
        Assert.Empty(await TwoTeams.All(theirs));

        await using var after = await ips.Restart("2026-11-23");
        using var theirsAfter = after.As(TwoTeams.Theirs);
        using var oursAfter = after.As(TwoTeams.Ours);
        Assert.Equal(before.Order(), (await TwoTeams.All(theirsAfter)).Order());
        Assert.Equal(own.Order(), (await TwoTeams.All(oursAfter)).Order());
    }

    [Fact]
    public async Task The_unit_that_asked_sees_its_request_and_the_case_and_is_told_the_status_but_not_what_coaches_record()
    {
        await using var ips = await TwoTeams.Start();
        using var asks = ips.As("psychiatric-unit-pirkanmaa");
        using var ours = ips.As(TwoTeams.Ours);
        await RunningIps.Read<Bundle>(await RunningIps.Send(asks, Given.CoachingRequest()), HttpStatusCode.OK);
        var asked = await TwoTeams.All(asks);
        Assert.Equal(["EpisodeOfCare", "Patient", "Task", "ServiceRequest", "CareTeam"], asked.Select(one => one.Split('/')[0]));
        // Recorded before a coach is named: the unit of the case is still the one that asks.
        var episode = Assert.Single(await ips.All<EpisodeOfCare>());
        await Stored(ips, Asked.Answer(episode, "2026-11-23T09:00:00+02:00", Asked.Permit("contact")),
            Asked.Told(episode, "2026-11-23"), Given.Job("2026-11-23"));
        Assert.Equal(asked, await TwoTeams.All(asks));
        await Life.Changed(ips, one => one.CareManager = new ResourceReference("PractitionerRole/coach-kaisa-role"));
        await Stored(ips, Asked.Told(episode, "2026-11-23", employer: "7654321-2"), Given.Status("2026-11-23"));

        Assert.Equal(asked, await TwoTeams.All(asks));
        Assert.Equal(
            (await TwoTeams.All(ips.Connect())).Order(), (await TwoTeams.All(ours)).Order());
        var told = Assert.Single(await ips.Outbox(), one => one.Bundle.All<Observation>().Any()).Bundle;
        Assert.Equal("Employed", ((CodeableConcept)told.Only<Observation>().Value!).Coding.Single().Code);
        Assert.Empty(told.All<Encounter>());
        Assert.Empty(told.All<Consent>());
    }

    private static async Task<EpisodeOfCare> Open(RunningIps ips, string start)
    {
        var episode = Given.SelfReferral(start);
        episode.ManagingOrganization = new ResourceReference($"Organization/{TwoTeams.Theirs}");
        episode.CareManager = new ResourceReference(TwoTeams.TheirCoach);
        return await RunningIps.Read<EpisodeOfCare>(await ips.Post("EpisodeOfCare", episode), HttpStatusCode.Created);
    }

    private static async Task Stored(RunningIps ips, params IEnumerable<Resource> resources)
    {
        foreach (var resource in resources)
        {
            using var answer = await ips.Post(resource.TypeName, resource);
            Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        }
    }
}
