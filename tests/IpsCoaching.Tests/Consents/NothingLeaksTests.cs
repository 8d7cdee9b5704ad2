using System.Net;
using System.Text;
using Fhir;
using Fhir.Json;
using IpsCoaching.Tests.Career;
using IpsCoaching.Tests.Cases;
using IpsCoaching.Tests.EmploymentStatus;
using Messages;

namespace IpsCoaching.Tests.Consents;

/// <summary>Who learns anything of coaching at all: the promises of consent, one test each.</summary>
public sealed class NothingLeaksTests
{
    [Fact]
    public async Task Without_consent_nothing_reaches_occupational_health_or_others_not_even_who_is_a_client()
    {
        await using var ips = await RunningIps.Start();
        await ips.Send(Given.CoachingRequest());
        await Coach(ips);
        // The psychiatric care team of the same controller hears of the status; of all the rest nobody does.
        var sent = Assert.Single(await ips.Outbox());
        Assert.Equal(
            ("employment-status-for-care-team", ServiceNames.RegionHandoff), (sent.Kind, sent.Destination));
        Assert.Equal("08", sent.Bundle.Resolve<Organization>(
            sent.Bundle.MessageHeader().Destination.Single().Receiver)!.Identifier.Single().Value);
    }

    [Fact]
    public async Task Without_consent_and_without_a_care_team_nobody_learns_anything()
    {
        await using var ips = await RunningIps.Start();
        await Life.Enter(ips);
        await Coach(ips);
        Assert.Empty(await ips.Outbox());
    }

    [Fact]
    public async Task With_consent_only_the_status_that_it_covers_is_told_and_only_to_the_unit_that_it_names()
    {
        await using var ips = await RunningIps.Start();
        await ips.Send(Given.CoachingRequest());
        var consent = ConsentKinds.Permit("oh-provider-a");
        consent.DateTime = "2026-11-23T12:00:00+02:00";
        await Created(ips, consent);
        await Coach(ips);
        var sent = Assert.Single(await ips.Outbox(), one => one.Destination != ServiceNames.RegionHandoff);
        Assert.Equal("oh-provider-a", sent.Bundle.MessageHeader().Destination.Single().Receiver!.Identifier!.Value);
        Assert.Equal(
            ["MessageHeader", "Observation", "Patient"],
            sent.Bundle.Entry.Select(one => one.Resource!.TypeName).Order());
        foreach (var word in (string[])["1234567-1", "7512", "Leipo", "Kokki", "disclosure", "career", "EpisodeOfCare"])
            Assert.DoesNotContain(word, Text(sent), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Withdrawing_a_consent_stops_the_next_message()
    {
        await using var ips = await RunningIps.Start();
        await ips.Send(Given.CoachingRequest());
        var consent = await Created(ips, ConsentKinds.Permit("oh-provider-a"));
        await ips.Send(Given.StatusUpdate("2026-11-20"));
        Assert.Single(await ips.Outbox(), one => one.Destination == ServiceNames.OccupationalHealth);
        consent.Status = ConsentState.Inactive;
        await RunningIps.Read<Consent>(await ips.Put(consent), HttpStatusCode.OK);
        await ips.Send(Given.StatusUpdate("2026-11-22", "Unemployed"));
        Assert.Single(await ips.Outbox(), one => one.Destination == ServiceNames.OccupationalHealth);
        Assert.Equal(2, (await ips.Outbox()).Count(one => one.Destination == ServiceNames.RegionHandoff));
    }

    [Fact]
    public async Task In_two_years_nothing_goes_to_an_employer_and_nobody_learns_who_the_employers_are()
    {
        await using var ips = await RunningIps.Start();
        await new TwoYears(ips).Live();
        Assert.All(await ips.Outbox(), sent =>
        {
            Assert.Contains(sent.Destination, (string[])[ServiceNames.RegionHandoff, ServiceNames.OccupationalHealth]);
            Assert.DoesNotContain("1234567-1", Text(sent), StringComparison.Ordinal);
            Assert.DoesNotContain("7654321-2", Text(sent), StringComparison.Ordinal);
        });
    }

    // All that a coach may record, with an employment status among it.
    private static async Task Coach(RunningIps ips)
    {
        var episode = Assert.Single(await ips.All<EpisodeOfCare>());
        await Created(ips, Recorded.Profile(episode, "2026-11-23"));
        await Created(ips, Recorded.Wish(episode, "2026-11-23"));
        await Created(ips, Recorded.Counselling(episode, "2026-11-23"));
        await Created(ips, Recorded.Education(episode, "2026-11-23"));
        await Created(ips, Asked.Answer(
            episode, "2026-11-23T09:00:00+02:00",
            Asked.Permit("contact name skills coaching adjustments health-reason")));
        await Created(ips, Asked.Told(episode, "2026-11-23", "contact name health-reason"));
        await Created(ips, Given.Contact(episode, "2026-11-23", "care-team"));
        await Created(ips, Given.Job("2026-11-23"));
        await Life.Changed(ips, one => one.Begin("job-search", "2026-11-23"));
        await ips.Send(Given.StatusUpdate("2026-11-23"));
        await Life.Changed(ips, one => one.Finish("client-wish"));
    }

    private static async Task<T> Created<T>(RunningIps ips, T resource) where T : Resource =>
        await RunningIps.Read<T>(await ips.Post(resource.TypeName, resource), HttpStatusCode.Created);

    private static string Text(Outgoing sent) => Encoding.UTF8.GetString(FhirJson.Write(sent.Bundle));
}
