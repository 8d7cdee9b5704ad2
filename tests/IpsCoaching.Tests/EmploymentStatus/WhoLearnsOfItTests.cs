using System.Net;
using System.Text;
using Fhir;
using Fhir.Json;
using Messages;

namespace IpsCoaching.Tests.EmploymentStatus;

/// <summary>What leaves when a status changes, and what it holds.</summary>
public sealed class WhoLearnsOfItTests
{
    private const string CareTeam = "employment-status-for-care-team",
        OccupationalHealth = "employment-status-for-occupational-health";

    public static TheoryData<string, string> Consents() => new()
    {
        { "none", "" },
        { "names provider A", "oh-provider-a" },
        { "names provider B", "oh-provider-b" },
        { "names both", "oh-provider-a,oh-provider-b" },
        { "names the psychiatric unit", "" },
        { "not begun", "" },
        { "expired", "" },
        { "without an end", "oh-provider-a" },
        { "last day", "oh-provider-a" },
        { "inactive", "" },
        { "rejected", "" },
        { "draft", "" },
        { "proposed", "" },
        { "entered in error", "" },
        { "deny", "" },
        { "permit and deny of A", "" },
        { "permit of A, deny of B", "oh-provider-a" },
        { "permit of A, deny of all", "" },
        { "another person's", "" },
        { "revoked by update", "" },
    };

    [Theory]
    [MemberData(nameof(Consents))]
    public async Task Only_the_units_that_a_consent_in_force_names_are_told(string consent, string told)
    {
        await using var ips = await WithCase();
        await Arrange(ips, consent);
        await Report(ips);
        var sent = await ips.Outbox();
        Assert.Single(sent, message => message.Kind == CareTeam);
        Assert.Equal(
            told.Split(',', StringSplitOptions.RemoveEmptyEntries),
            sent.Where(message => message.Kind == OccupationalHealth)
                .Select(message => Receiver(message).Identifier!.Value).Order(StringComparer.Ordinal));
    }

    // A consent is asked again at each new job (domain.md §3.1); the job is recorded on 23 November at noon.
    [Theory]
    [InlineData("2026-11-08", "2026-11-09", false, false)]
    [InlineData("2026-11-09", "2026-11-09", false, true)]
    [InlineData("2026-11-23T11:59:00+02:00", "2026-11-24", true, false)]
    [InlineData("2026-11-23T12:00:01+02:00", "2026-11-24", true, true)]
    public async Task At_a_new_job_a_consent_from_before_tells_nobody(
        string given, string start, bool isAgreed, bool told)
    {
        await using var ips = await WithCase();
        var consent = ConsentKinds.Permit("oh-provider-a");
        consent.DateTime = given;
        consent.Patient = (await ips.All<EpisodeOfCare>()).Single().Patient;
        await ips.Store(consent);
        var job = Given.Job(start);
        if (isAgreed) job.Status = ObservationStatus.Registered;
        job = await RunningIps.Read<Observation>(await ips.Post("Observation", job), HttpStatusCode.Created);
        if (isAgreed)
        {
            // Until the job begins, the consent of the time before it holds.
            await ips.Send(Given.StatusUpdate("2026-11-20", "Unemployed"));
            Assert.Single(await ips.Outbox(), message => message.Kind == OccupationalHealth);
            ips.Clock.Go(start);
            job.Status = ObservationStatus.Final;
            job.Extension.RemoveAll(one => one.Url!.EndsWith("isCurrentJob-extension", StringComparison.Ordinal));
            await RunningIps.Read<Observation>(await ips.Put(job), HttpStatusCode.OK);
        }

        await ips.Send(Given.StatusUpdate(start));
        var sent = (await ips.Outbox()).CountBy(message => message.Kind).ToDictionary();
        Assert.Equal(isAgreed ? 2 : 1, sent[CareTeam]);
        Assert.Equal((isAgreed ? 1 : 0) + (told ? 1 : 0), sent.GetValueOrDefault(OccupationalHealth));
    }

    [Fact]
    public async Task The_care_team_is_reached_through_its_county_whatever_the_consent()
    {
        await using var ips = await WithCase();
        var update = Given.StatusUpdate("2026-10-12");
        update.Only<Observation>().Note.Add(new Annotation { Text = "Kahvilassa tavattu" });
        await RunningIps.Read<Bundle>(await ips.Send(update), HttpStatusCode.OK);
        var sent = Assert.Single(await ips.Outbox());
        Assert.Equal((Given.Journey, ServiceNames.RegionHandoff), (sent.Journey, sent.Destination));
        var header = sent.Bundle.MessageHeader();
        Assert.Equal(Events.EmploymentStatusUpdate, ((Coding)header.Event!).Code);
        Assert.NotEqual(update.MessageHeader().Id, header.Id);
        Assert.NotEqual(update.Id, sent.Bundle.Id);
        var county = sent.Bundle.Resolve<Organization>(Receiver(sent))!;
        Assert.Equal((Systems.Region, "08"), (county.Identifier.Single().System, county.Identifier.Single().Value));
        Assert.Equal(
            ["MessageHeader", "Observation", "Organization", "Organization", "Patient", "Provenance"], Types(sent));
        Assert.Equal(
            $"MessageHeader/{update.MessageHeader().Id}",
            sent.Bundle.Only<Provenance>().Entity.Single().What!.Reference);
        Assert.DoesNotContain("Kahvilassa", Text(sent), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Occupational_health_gets_the_status_and_the_identity_code_and_nothing_else()
    {
        await using var ips = await WithCase();
        await ips.Post("Consent", Given.Consent());
        var update = Given.StatusUpdate("2026-10-12");
        update.Only<Observation>().Note.Add(new Annotation { Text = "Kahvilassa tavattu" });
        ((CodeableConcept)update.Only<Observation>().Value!).Text = "Kahvilassa";
        await ips.Send(update);
        var sent = Assert.Single(await ips.Outbox(), message => message.Kind == OccupationalHealth);
        Assert.Equal((Given.Journey, ServiceNames.OccupationalHealth), (sent.Journey, sent.Destination));
        Assert.Equal(["MessageHeader", "Observation", "Patient"], Types(sent));
        var person = sent.Bundle.Only<Patient>();
        Assert.Equal(Given.Client, person.Identifier.Single().Value);
        Assert.Empty(person.Name);
        Assert.NotEqual((await ips.All<Patient>()).Single().Id, person.Id);
        var status = sent.Bundle.Only<Observation>();
        Assert.Empty(status.Performer);
        Assert.Equal("2026-10-12", ((Period)status.Effective!).Start);
        foreach (var word in (string[])["Kahvilassa", "psychiatric", "psykiatri", Given.Family, "EpisodeOfCare"])
            Assert.DoesNotContain(word, Text(sent), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Each_receiver_gets_a_message_of_its_own()
    {
        await using var ips = await WithCase();
        await ips.Post("Consent", Given.Consent());
        await Report(ips);
        var sent = await ips.Outbox();
        Assert.Equal(2, sent.Select(message => message.Bundle.Id).Distinct().Count());
        Assert.Equal(2, sent.Select(message => message.Bundle.MessageHeader().Id).Distinct().Count());
    }

    [Fact]
    public async Task A_consent_counts_at_the_moment_of_the_report()
    {
        await using var ips = await WithCase();
        var consent = Given.Consent();
        consent.Provision!.Period = new Period(new FhirDateTime("2026-11-23"), new FhirDateTime("2026-11-30"));
        await ips.Post("Consent", consent);
        await Report(ips, "2026-10-12");
        ips.Clock.Now = ips.Clock.Now.AddDays(8);
        await Report(ips, "2026-12-01", "Unemployed");
        var sent = await ips.Outbox();
        Assert.Equal(2, sent.Count(message => message.Kind == CareTeam));
        Assert.Equal(1, sent.Count(message => message.Kind == OccupationalHealth));
    }

    [Fact]
    public async Task Nothing_leaves_for_a_care_team_of_no_known_county()
    {
        await using var ips = await RunningIps.Start(withUnits: false);
        await ips.Send(Given.CoachingRequest());
        Assert.True((await Report(ips)).IsSuccessStatusCode);
        Assert.Empty(await ips.Outbox());
    }

    private static async Task<RunningIps> WithCase()
    {
        var ips = await RunningIps.Start();
        await RunningIps.Read<Bundle>(await ips.Send(Given.CoachingRequest()), HttpStatusCode.OK);
        return ips;
    }

    private static Task<HttpResponseMessage> Report(
        RunningIps ips, string start = "2026-10-12", string status = "Employed") =>
        ips.Send(Given.StatusUpdate(start, status));

    private static async Task Arrange(RunningIps ips, string kind)
    {
        foreach (var consent in ConsentKinds.Of(kind))
        {
            var stored = await RunningIps.Read<Consent>(await ips.Post("Consent", consent), HttpStatusCode.Created);
            if (kind != "revoked by update") continue;
            stored.Status = ConsentState.Inactive;
            Assert.Equal(HttpStatusCode.OK, (await ips.Put(stored)).StatusCode);
        }

        if (kind == "another person's") await ips.Store(ConsentKinds.OfAnotherPerson());
    }

    private static ResourceReference Receiver(Outgoing message) =>
        message.Bundle.MessageHeader().Destination.Single().Receiver!;

    private static IEnumerable<string> Types(Outgoing message) =>
        message.Bundle.Entry.Select(entry => entry.Resource!.TypeName).Order(StringComparer.Ordinal);

    private static string Text(Outgoing message) => Encoding.UTF8.GetString(FhirJson.Write(message.Bundle));
}
