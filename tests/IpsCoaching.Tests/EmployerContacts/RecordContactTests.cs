using System.Net;
using Fhir;
using IpsCoaching.Tests.Cases;
using Messages;

namespace IpsCoaching.Tests.EmployerContacts;

public sealed class RecordContactTests
{
    private static readonly string Employer = Canonicals.StructureDefinition("ips-employer"),
        MetTeam = Canonicals.StructureDefinition("ips-met-team");

    [Fact]
    public async Task A_contact_has_whom_where_and_how_long_and_belongs_to_the_person_of_the_case()
    {
        await using var ips = await RunningIps.Start();
        var episode = await Life.Enter(ips);
        var contact = await RunningIps.Read<Encounter>(
            await ips.Post("Encounter", Given.Contact(episode, "2026-11-23T09:00:00+02:00", "care-team", "AMB")),
            HttpStatusCode.Created);
        Assert.Equal(episode.Patient!.Reference, contact.Subject!.Reference);
        Assert.Equal(("AMB", 30m), (contact.Class!.Code, contact.Length!.Value));
    }

    [Fact]
    public async Task Employers_are_met_for_no_client_in_particular_too()
    {
        await using var ips = await RunningIps.Start();
        var contact = Given.Contact(await Life.Enter(ips), "2026-11-23", "employer");
        contact.EpisodeOfCare.Clear();
        Assert.Equal(
            ["Encounter.extension('ips-employer')"],
            await RunningIps.Faults(await ips.Post("Encounter", contact), HttpStatusCode.BadRequest));
        contact.SetExtension(Employer, Business("1234567-1"));
        await RunningIps.Read<Encounter>(await ips.Post("Encounter", contact), HttpStatusCode.Created);
        Assert.Null(Assert.Single(await ips.All<Encounter>()).Subject);
        Assert.Empty(await ips.Outbox());
    }

    [Fact]
    public async Task Every_fault_of_a_contact_is_listed_with_its_place()
    {
        await using var ips = await RunningIps.Start();
        var episode = await Life.Enter(ips);
        var contact = Given.Contact(episode, "2026-11-24", "chat", "IMP");
        contact.Status = EncounterStatus.Planned;
        contact.Length = new Duration { Value = 0, Unit = "min", System = Quantity.Ucum, Code = "min" };
        contact.Subject = new ResourceReference("Patient/another");
        contact.Participant.Single().Individual = new ResourceReference("PractitionerRole/nobody");
        Assert.Equal(
            [
                "Encounter.class", "Encounter.length", "Encounter.participant[0].individual", "Encounter.period.start",
                "Encounter.status", "Encounter.subject", "Encounter.type",
            ],
            await RunningIps.Faults(await ips.Post("Encounter", contact), HttpStatusCode.BadRequest));

        var bare = new Encounter { Status = EncounterStatus.Finished, Class = contact.Class!.Clone() };
        bare.SetExtension(Employer, Business("1234567-1"));
        Assert.Equal(
            [
                "Encounter.class", "Encounter.episodeOfCare", "Encounter.length", "Encounter.participant",
                "Encounter.period.start", "Encounter.type",
            ],
            await RunningIps.Faults(await ips.Post("Encounter", bare), HttpStatusCode.BadRequest));
        Assert.Empty(await ips.All<Encounter>());
    }

    [Theory]
    [InlineData("2026-11-22")]
    [InlineData("2026-11-21")]
    public async Task A_contact_before_the_case_is_none_of_it(string day)
    {
        await using var ips = await RunningIps.Start();
        var episode = await Life.Enter(ips);
        Assert.Equal(
            ["Encounter.period.start"],
            await RunningIps.Faults(
                await ips.Post("Encounter", Given.Contact(episode, day)), HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task A_contact_is_withdrawn_but_not_rewritten()
    {
        await using var ips = await RunningIps.Start();
        await ips.Post("Encounter", Given.Contact(await Life.Enter(ips), "2026-11-23"));
        var contact = Assert.Single(await ips.All<Encounter>());
        contact.Class!.Code = "AMB";
        Assert.Equal(["Encounter"], await RunningIps.Faults(await ips.Put(contact), HttpStatusCode.BadRequest));
        contact.Class.Code = "FLD";
        contact.Status = EncounterStatus.EnteredInError;
        Assert.Equal(HttpStatusCode.OK, (await ips.Put(contact)).StatusCode);
        Assert.Equal(["Encounter"], await RunningIps.Faults(await ips.Put(contact), HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Meetings_of_teams_and_group_supervision_name_no_client()
    {
        await using var ips = await RunningIps.Start();
        var episode = await Life.Enter(ips);
        var meeting = Given.Contact(episode, "2026-11-23", "team-meeting", "AMB");
        Assert.Equal(
            ["Encounter.extension('ips-met-team')", "Encounter.subject"],
            await RunningIps.Faults(await ips.Post("Encounter", meeting), HttpStatusCode.BadRequest));
        meeting.EpisodeOfCare.Clear();
        // A team that is one person's would point to that person.
        await ips.Store(new CareTeam { Id = "personal", Subject = episode.Patient!.Clone() });
        meeting.SetExtension(MetTeam, new ResourceReference("CareTeam/personal"));
        Assert.Equal(
            ["Encounter.extension('ips-met-team')"],
            await RunningIps.Faults(await ips.Post("Encounter", meeting), HttpStatusCode.BadRequest));
        foreach (var team in (string[])["CareTeam/psychiatric-care-team", "Organization/psychiatric-unit-pirkanmaa"])
        {
            meeting.SetExtension(MetTeam, new ResourceReference(team));
            await RunningIps.Read<Encounter>(await ips.Post("Encounter", meeting), HttpStatusCode.Created);
        }

        var supervision = Given.Contact(episode, "2026-11-23", "group-supervision", "AMB");
        supervision.EpisodeOfCare.Clear();
        await RunningIps.Read<Encounter>(await ips.Post("Encounter", supervision), HttpStatusCode.Created);
        Assert.All(await ips.All<Encounter>(), one => Assert.Null(one.Subject));
    }

    private static ResourceReference Business(string id) =>
        new() { Identifier = new Identifier("urn:oid:1.2.246.10", id) };
}
