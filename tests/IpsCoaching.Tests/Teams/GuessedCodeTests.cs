using System.Net;
using Fhir;
using Messages;

namespace IpsCoaching.Tests.Teams;

/// <summary>A team that sees its own only opens cases for persons whom the register knows already.</summary>
public sealed class GuessedCodeTests
{
    private const string Code = "010594Y9032", OtherCode = "020594X903P", Coach = "PractitionerRole/coach-kaisa-role",
        Labels = "https://hl7.fi/fhir/finnish-base-profiles/CodeSystem/fi-base-security-label-cs";

    [Fact]
    public async Task Of_a_person_with_a_protected_address_the_team_learns_nothing_but_what_it_has_sent()
    {
        await using var ips = await TwoTeams.Start();
        using var ours = ips.As(TwoTeams.Ours);
        using var asks = ips.As("psychiatric-unit-pirkanmaa");
        using var all = ips.Connect();
        await ips.Store(Known("known", Code, isProtected: true), Known("other", OtherCode, isProtected: true));
        var episode = await TwoTeams.Enter(ours, TwoTeams.Ours, Coach, Code);
        await IsAsSent(ours, episode.Patient!.Reference!);
        // The same person a second time is the one whom the team has by now.
        using var again = await ours.PostAsync("EpisodeOfCare", RunningIps.Body(Case(Code)));
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal([episode.Patient.Reference!], await TwoTeams.Sees(ours, "Patient"));

        var request = Given.CoachingRequest();
        request.Only<Patient>().Identifier.Single().Value = OtherCode;
        await RunningIps.Read<Bundle>(await RunningIps.Send(asks, request), HttpStatusCode.OK);
        await IsAsSent(asks, Assert.Single(await TwoTeams.Sees(asks, "Patient")));
        // Who sees the whole register goes on with the person whom the register knows.
        var theirs = await TwoTeams.Enter(all, TwoTeams.Theirs, TwoTeams.TheirCoach, Code);
        Assert.Equal("Patient/known", theirs.Patient!.Reference);
    }

    [Fact]
    public async Task That_a_team_was_shown_a_person_whom_the_register_knew_is_on_record()
    {
        await using var ips = await TwoTeams.Start();
        using var ours = ips.As(TwoTeams.Ours);
        using var all = ips.Connect();
        await ips.Store(Known("known", Code, isProtected: false));
        var episode = await TwoTeams.Enter(ours, TwoTeams.Ours, Coach, Code);
        Assert.Equal("Patient/known", episode.Patient!.Reference);
        var events = await RunningIps.Read<Bundle>(
            await all.GetAsync("AuditEvent?entity=Patient/known"), HttpStatusCode.OK);
        var shown = Assert.Single(events.Entry.Select(one => (AuditEvent)one.Resource!),
            one => one.Agent.Single().Who!.Identifier!.Value == TwoTeams.Ours);
        Assert.Equal("read", shown.Subtype.Single().Code);
    }

    [Fact]
    public async Task A_team_opens_so_many_cases_in_a_day_and_no_more()
    {
        await using var ips = await TwoTeams.Start();
        using var ours = ips.As(TwoTeams.Ours);
        var episode = await TwoTeams.Enter(ours, TwoTeams.Ours, Coach, Code);
        // 200 of ips-rules.json, one of which is there; what others open does not count.
        await ips.StoreAs(TwoTeams.Ours, [.. Enumerable.Range(0, 198).Select(_ => Copy(episode))]);
        await ips.StoreAs(TwoTeams.Theirs, Copy(episode));
        await TwoTeams.Enter(ours, TwoTeams.Ours, Coach, OtherCode);
        using var refused = await ours.PostAsync("EpisodeOfCare", RunningIps.Body(Case("030594W903B")));
        Assert.Equal(["EpisodeOfCare.patient"], await RunningIps.Faults(refused, HttpStatusCode.TooManyRequests));
        using var message = await RunningIps.Send(ours, Given.CoachingRequest());
        Assert.Equal(HttpStatusCode.TooManyRequests, message.StatusCode);
        using var all = ips.Connect();
        await TwoTeams.Enter(all, TwoTeams.Ours, Coach, "030594W903B");
        ips.Clock.Go("2026-11-24");
        await TwoTeams.Enter(ours, TwoTeams.Ours, Coach, Given.Client);
    }

    private static async Task IsAsSent(HttpClient team, string reference)
    {
        var person = await RunningIps.Read<Patient>(await team.GetAsync(reference), HttpStatusCode.OK);
        Assert.Equal("1", person.Meta!.VersionId);
        Assert.Empty(person.Meta.Security);
        Assert.DoesNotContain(person.Address, one => one.City == "Salaisuus");
        Assert.DoesNotContain(person.Telecom, one => one.Value == "+358401234567");
    }

    private static Patient Known(string id, string code, bool isProtected)
    {
        var person = new Patient
        {
            Id = id, Identifier = [new Identifier(Systems.IdentityCode, code)],
            Address = [new Address { City = "Salaisuus" }],
            Telecom = [new ContactPoint { System = ContactPointSystem.Phone, Value = "+358401234567" }],
        };
        if (isProtected) person.Meta = new Meta { Security = [new Coding(Labels, "TURVAKIELTO")] };
        return person;
    }

    private static EpisodeOfCare Case(string code)
    {
        var episode = Given.SelfReferral();
        ((Patient)episode.Contained.Single()).Identifier.Single().Value = code;
        return episode;
    }

    private static EpisodeOfCare Copy(EpisodeOfCare episode)
    {
        var copy = episode.Clone();
        (copy.Id, copy.Meta) = (null, null);
        return copy;
    }
}
