using System.Net;
using Fhir;
using IpsCoaching.Tests.Cases;
using Messages;

namespace IpsCoaching.Tests.Consents;

/// <summary>What the client lets the coach say to employers, and how it governs each contact.</summary>
public sealed class DisclosurePreferenceTests
{
    private const string Employer = "Encounter.extension('ips-employer')", A = "1234567-1", B = "7654321-2";

    [Fact]
    public async Task Without_an_answer_no_employer_is_contacted_for_the_client_and_nothing_may_be_said()
    {
        await using var ips = await RunningIps.Start();
        var episode = await Life.Enter(ips, "2026-11-02");
        Assert.Equal([Employer], await Refused(ips, Asked.Told(episode, "2026-11-20")));
        Assert.Equal(
            [Employer, "Encounter.extension[1]"], await Refused(ips, Asked.Told(episode, "2026-11-20", "name")));
        var said = await MayBeSaid(ips, episode, A);
        Assert.Equal(["contact", "limit"], said.Parameter.Select(one => one.Name));
        Assert.False(said.Value<FhirBoolean>("contact")!.Value);
        // An employer is met for no client in particular all the same, and then nothing is told of a client.
        var contact = Asked.Told(episode, "2026-11-20", "skills");
        contact.EpisodeOfCare.Clear();
        Assert.Equal(["Encounter.extension[1]"], await Refused(ips, contact));
        contact.Extension.RemoveAt(1);
        await RunningIps.Read<Encounter>(await ips.Post("Encounter", contact), HttpStatusCode.Created);
        Assert.Empty(await ips.Outbox());
    }

    [Theory]
    [InlineData(A, "name skills", "")]
    [InlineData(A, "adjustments", "Encounter.extension[1]")]
    [InlineData(B, "adjustments", "")]
    [InlineData(B, "name adjustments health-reason", "Encounter.extension[1] Encounter.extension[3]")]
    [InlineData("1111111-1", "", Employer)]
    [InlineData("1111111-1", "skills", Employer + " Encounter.extension[1]")]
    [InlineData(A, "diagnosis", "Encounter.extension[1]")]
    public async Task A_contact_says_no_more_to_an_employer_than_the_answer_in_force_allows(
        string employer, string told, string faults)
    {
        await using var ips = await RunningIps.Start();
        var episode = await Life.Enter(ips, "2026-11-02");
        await Store(ips, Asked.Answer(episode, "2026-11-03T09:00:00+02:00",
            Asked.Permit("contact name skills", null, "1111111-1"), Asked.Permit("contact adjustments", B)));
        var response = await ips.Post("Encounter", Asked.Told(episode, "2026-11-20", told, employer));
        if (faults.Length == 0) Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        else Assert.Equal(faults.Split(' '), await RunningIps.Faults(response, HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData("2026-11-05", false)]
    [InlineData("2026-11-06T09:59:59+02:00", false)]
    [InlineData("2026-11-06T10:00:00+02:00", true)]
    [InlineData("2026-11-10", true)]
    [InlineData("2026-11-12T13:59:00+02:00", true)]
    [InlineData("2026-11-12T14:00:00+02:00", false)]
    [InlineData("2026-11-20", false)]
    public async Task The_answer_of_that_moment_decides_however_late_a_contact_is_written_down(string at, bool allowed)
    {
        await using var ips = await RunningIps.Start();
        var episode = await Life.Enter(ips, "2026-11-02");
        // Written down in another order than they were given in.
        await Store(ips, Asked.Answer(episode, "2026-11-12T14:00:00+02:00"));
        await Store(ips, Asked.Answer(episode, "2026-11-06T10:00:00+02:00", Asked.Permit("contact")));
        Assert.Equal(
            allowed ? HttpStatusCode.Created : HttpStatusCode.BadRequest,
            (await ips.Post("Encounter", Asked.Told(episode, at))).StatusCode);
    }

    [Fact]
    public async Task The_coach_gets_exactly_what_may_be_said_to_this_employer_now_in_three_languages()
    {
        await using var ips = await RunningIps.Start();
        var episode = await Life.Enter(ips, "2026-11-02");
        var permit = Asked.Permit("contact adjustments", B);
        permit.SetExtension(Canonicals.StructureDefinition("ips-agreed-words"), new FhirString("Työrauha aamuisin."));
        await Store(ips, Asked.Answer(
            episode, "2026-11-03T09:00:00+02:00", Asked.Permit("contact name", null, "1111111-1"), permit));
        var said = await MayBeSaid(ips, episode, B);
        var sentences = said.Parameter.Where(one => one.Name == "may-say")
            .Select(one => (((Coding)one.Part[0].Value!).Code, Text: (FhirString)one.Part[1].Value!)).ToList();
        Assert.Equal(["contact", "adjustments"], sentences.Select(one => one.Code));
        Assert.All(sentences, one => Assert.Equal(["fi", "sv", "en"], one.Text.Extension.Select(translation =>
            ((Code)translation.GetExtension("lang")!.Value!).Text)));
        Assert.Equal("Työrauha aamuisin.", said.Value<FhirString>("agreed-words")!.Value);
        Assert.Equal("You may not tell anything else.", said.Value<FhirString>("limit")!.Value);
        Assert.Equal(["contact", "name"], (await MayBeSaid(ips, episode, A)).Parameter
            .Where(one => one.Name == "may-say").Select(one => ((Coding)one.Part[0].Value!).Code));
        Assert.False((await MayBeSaid(ips, episode, "1111111-1")).Value<FhirBoolean>("contact")!.Value);

        // The client thinks otherwise, and the case ends: nothing may be said any more.
        await Store(ips, Asked.Answer(episode, "2026-11-23T11:00:00+02:00", Asked.Permit("contact", A)));
        Assert.False((await MayBeSaid(ips, episode, B)).Value<FhirBoolean>("contact")!.Value);
        Assert.True((await MayBeSaid(ips, episode, A)).Value<FhirBoolean>("contact")!.Value);
        await Life.Changed(ips, one => one.Finish("client-wish"));
        Assert.False((await MayBeSaid(ips, episode, A)).Value<FhirBoolean>("contact")!.Value);
    }

    [Fact]
    public async Task An_answer_is_never_overwritten_and_one_in_error_was_never_given()
    {
        await using var ips = await RunningIps.Start();
        var episode = await Life.Enter(ips, "2026-11-02");
        await Store(ips, Asked.Answer(episode, "2026-11-03T09:00:00+02:00", Asked.Permit("contact", A)));
        var wrong = await Store(ips, Asked.Answer(episode, "2026-11-04T09:00:00+02:00", Asked.Permit("contact name")));
        var changed = wrong.Clone();
        changed.Provision!.Provision.Clear();
        Assert.Equal(["Consent"], await RunningIps.Faults(await ips.Put(changed), HttpStatusCode.BadRequest));
        changed = wrong.Clone();
        changed.Status = ConsentState.Inactive;
        Assert.Equal(["Consent"], await RunningIps.Faults(await ips.Put(changed), HttpStatusCode.BadRequest));
        wrong.Status = ConsentState.EnteredInError;
        await RunningIps.Read<Consent>(await ips.Put(wrong), HttpStatusCode.OK);
        Assert.False((await MayBeSaid(ips, episode, B)).Value<FhirBoolean>("contact")!.Value);
        Assert.True((await MayBeSaid(ips, episode, A)).Value<FhirBoolean>("contact")!.Value);
        Assert.Equal(["Consent"], await RunningIps.Faults(await ips.Put(wrong), HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task What_was_said_in_an_earlier_case_does_not_speak_for_a_new_one()
    {
        await using var ips = await RunningIps.Start();
        var former = await Life.Enter(ips, "2026-10-01");
        await Store(ips, Asked.Answer(former, "2026-10-05T09:00:00+03:00", Asked.Permit("contact")));
        await Life.Changed(ips, one => one.Finish("client-wish", "2026-10-31"));
        var anew = await Life.Enter(ips, "2026-11-16");
        Assert.Equal(former.Patient!.Reference, anew.Patient!.Reference);
        Assert.Equal([Employer], await Refused(ips, Asked.Told(anew, "2026-11-20")));
        Assert.False((await MayBeSaid(ips, anew, A)).Value<FhirBoolean>("contact")!.Value);
        await RunningIps.Read<Encounter>(
            await ips.Post("Encounter", Asked.Told(former, "2026-10-20")), HttpStatusCode.Created);
    }

    [Fact]
    public async Task An_answer_about_employers_lets_nobody_else_be_told()
    {
        await using var ips = await RunningIps.Start();
        await ips.Send(Given.CoachingRequest());
        var episode = Assert.Single(await ips.All<EpisodeOfCare>());
        await Store(ips, Asked.Answer(
            episode, "2026-11-23T08:00:00+02:00",
            Asked.Permit("contact name skills coaching adjustments health-reason")));
        await ips.Send(Given.StatusUpdate("2026-11-20"));
        Assert.Equal("employment-status-for-care-team", Assert.Single(await ips.Outbox()).Kind);
    }

    [Fact]
    public async Task Every_fault_of_an_answer_is_listed_with_its_place()
    {
        await using var ips = await RunningIps.Start();
        var episode = await Life.Enter(ips, "2026-11-02");
        var answer = Asked.Answer(
            episode, "2026-11-20", Asked.Permit("contact diagnosis", A), Asked.Permit("skills", A),
            Asked.Permit("contact", "nobody", B));
        answer.Status = ConsentState.Draft;
        answer.Category.Add(new CodeableConcept(Systems.Loinc, "59284-0"));
        answer.Performer.Clear();
        answer.Organization.Clear();
        answer.Provision!.Period = new Period(new FhirDateTime("2026-11-20"), null);
        answer.Provision.Provision[0].SetExtension(
            Canonicals.StructureDefinition("ips-agreed-words"), new FhirBoolean(true));
        answer.Provision.Provision[1].Purpose.Add(new Coding("urn:purposes", "any"));
        Assert.Equal(
            [
                "Consent.category", "Consent.dateTime", "Consent.organization", "Consent.performer",
                "Consent.provision", "Consent.provision.provision[0].code",
                "Consent.provision.provision[0].extension('ips-agreed-words')", "Consent.provision.provision[1]",
                "Consent.provision.provision[1].actor", "Consent.provision.provision[1].code",
                "Consent.provision.provision[2].actor[0].reference.identifier",
                "Consent.provision.provision[2].provision[0]", "Consent.status",
            ],
            await RunningIps.Faults(await ips.Post("Consent", answer), HttpStatusCode.BadRequest));
        Assert.Empty(await ips.All<Consent>());
        answer.Provision.Type = ConsentProvisionType.Permit;
        Assert.Contains(
            "Consent.provision.type",
            await RunningIps.Faults(await ips.Post("Consent", answer), HttpStatusCode.BadRequest));
        Assert.Equal(
            ["Parameters.parameter('employer')"],
            await RunningIps.Faults(
                await ips.Post($"EpisodeOfCare/{episode.Id}/$may-be-said", new Parameters()),
                HttpStatusCode.BadRequest));
    }

    private static async Task<IReadOnlyList<string>> Refused(RunningIps ips, Encounter contact) =>
        await RunningIps.Faults(await ips.Post("Encounter", contact), HttpStatusCode.BadRequest);

    private static async Task<Consent> Store(RunningIps ips, Consent answer) =>
        await RunningIps.Read<Consent>(await ips.Post("Consent", answer), HttpStatusCode.Created);

    private static async Task<Parameters> MayBeSaid(RunningIps ips, EpisodeOfCare episode, string employer)
    {
        var asked = new Parameters();
        asked.Parameter.Add(new Parameters.ParameterComponent
        {
            Name = "employer", Value = new Identifier("urn:oid:1.2.246.10", employer),
        });
        return await RunningIps.Read<Parameters>(
            await ips.Post($"EpisodeOfCare/{episode.Id}/$may-be-said", asked), HttpStatusCode.OK);
    }
}
