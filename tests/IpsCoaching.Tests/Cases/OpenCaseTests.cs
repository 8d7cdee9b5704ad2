using System.Net;
using Fhir;
using IpsCoaching.Cases;
using Messages;
using TaskStatus = Fhir.TaskStatus;

namespace IpsCoaching.Tests.Cases;

public sealed class OpenCaseTests
{
    [Fact]
    public async Task A_request_opens_a_case_in_the_first_phase_and_accepts_the_Task()
    {
        await using var ips = await RunningIps.Start();
        var request = Given.CoachingRequest();
        var answer = await RunningIps.Read<Bundle>(await ips.Send(request), HttpStatusCode.OK);
        Assert.Equal(request.MessageHeader().Id, answer.MessageHeader().Response!.Identifier);
        Assert.Empty(answer.All<OperationOutcome>());
        var task = answer.Only<FhirTask>();
        Assert.Equal((TaskStatus.Accepted, Given.Journey), (task.Status, task.GroupIdentifier!.Value));

        var episode = answer.Only<EpisodeOfCare>();
        Assert.Equal(EpisodeOfCareStatus.Active, episode.Status);
        Assert.Equal("2026-11-23", episode.Period!.Start);
        Assert.True(episode.Type.Single().Has(Systems.Method, "ips"));
        Assert.Equal("Organization/psychiatric-unit-pirkanmaa", episode.ManagingOrganization!.Reference);
        var phase = Assert.Single(episode.Extension, extension => extension.Url == IpsPhase.ExtensionUrl);
        Assert.Equal("agreement", ((Coding)phase.Extension[0].Value!).Code);
        Assert.Equal("agreement", IpsPhase.All[0].Code);
        Assert.Equal(5, IpsPhase.All.Count);
    }

    [Fact]
    public async Task Everything_that_belongs_to_the_case_is_stored_and_linked()
    {
        await using var ips = await RunningIps.Start();
        await ips.Send(Given.CoachingRequest());
        var (episode, task) = ((await ips.All<EpisodeOfCare>()).Single(), (await ips.All<FhirTask>()).Single());
        var (order, person) = ((await ips.All<ServiceRequest>()).Single(), (await ips.All<Patient>()).Single());
        var team = Assert.Single(await ips.All<CareTeam>(), team => team.Id != "psychiatric-care-team");
        Assert.Equal($"Patient/{person.Id}", episode.Patient!.Reference);
        Assert.Equal($"Patient/{person.Id}", task.For!.Reference);
        Assert.Equal($"Patient/{person.Id}", order.Subject!.Reference);
        Assert.Equal($"ServiceRequest/{order.Id}", task.Focus!.Reference);
        Assert.Equal($"ServiceRequest/{order.Id}", episode.ReferralRequest.Single().Reference);
        Assert.Equal($"CareTeam/{team.Id}", episode.Team.Single().Reference);
        Assert.Equal("Organization/psychiatric-unit-pirkanmaa", team.ManagingOrganization.Single().Reference);
        Assert.Equal("PractitionerRole/nurse-noora-role", team.Participant.Single().Member!.Reference);
        Assert.Equal(2, (await ips.All<Practitioner>()).Count);
    }

    // Zero exclusion: one of the eight principles of IPS.
    [Theory]
    [InlineData("F10.2")]
    [InlineData("F20.0")]
    [InlineData("F60.3")]
    public async Task No_diagnosis_refuses_a_case_and_none_is_kept(string diagnosis)
    {
        await using var ips = await RunningIps.Start();
        var request = Given.CoachingRequest();
        var condition = new Condition
        {
            Id = "c", Subject = request.Only<ServiceRequest>().Subject,
            Code = new CodeableConcept("urn:oid:1.2.246.537.6.1", diagnosis),
        };
        request.Entry.Add(new Bundle.EntryComponent { FullUrl = "urn:uuid:c", Resource = condition });
        request.Only<ServiceRequest>().ReasonReference.Add(new ResourceReference("urn:uuid:c"));
        var answer = await RunningIps.Read<Bundle>(await ips.Send(request), HttpStatusCode.OK);
        Assert.Equal(EpisodeOfCareStatus.Active, answer.Only<EpisodeOfCare>().Status);
        Assert.Null((await ips.All<ServiceRequest>()).Single().ReasonReference.Single().Reference);
    }

    [Fact]
    public async Task What_another_source_said_of_a_person_is_never_overwritten()
    {
        await using var ips = await RunningIps.Start();
        var known = new Patient { Id = "known", BirthDate = "1994-05-04" };
        known.Identifier.Add(new Identifier(Systems.IdentityCode, Given.Client));
        known.Name.Add(new HumanName { Family = "Ensimmäinen" });
        await ips.Store(known);
        await ips.Send(Given.CoachingRequest());
        var person = Assert.Single(await ips.All<Patient>());
        Assert.Equal(("known", "1", "Ensimmäinen"), (person.Id, person.Meta!.VersionId, person.Name.Single().Family));
        Assert.Equal("Patient/known", (await ips.All<EpisodeOfCare>()).Single().Patient!.Reference);
    }

    [Fact]
    public async Task A_second_request_for_a_person_joins_the_open_case()
    {
        await using var ips = await RunningIps.Start();
        await ips.Send(Given.CoachingRequest());
        var second = Given.CoachingRequest();
        second.Only<FhirTask>().Identifier.Single().Value = "P-2026-10";
        second.Only<FhirTask>().GroupIdentifier = null;
        await RunningIps.Read<Bundle>(await ips.Send(second), HttpStatusCode.OK);
        var episode = Assert.Single(await ips.All<EpisodeOfCare>());
        Assert.Equal(2, episode.ReferralRequest.Count);
        Assert.All(await ips.All<FhirTask>(), task => Assert.Equal(Given.Journey, task.GroupIdentifier!.Value));
    }

    [Fact]
    public async Task A_Task_number_is_accepted_once()
    {
        await using var ips = await RunningIps.Start();
        await ips.Send(Given.CoachingRequest());
        var faults = await RunningIps.Faults(await ips.Send(Given.CoachingRequest()), HttpStatusCode.Conflict);
        Assert.Equal(["Bundle.entry[1].resource.identifier"], faults);
        Assert.Single(await ips.All<FhirTask>());
    }

    [Fact]
    public async Task A_request_without_a_journey_is_given_one()
    {
        await using var ips = await RunningIps.Start();
        var request = Given.CoachingRequest();
        request.Only<FhirTask>().GroupIdentifier = null;
        var answer = await RunningIps.Read<Bundle>(await ips.Send(request), HttpStatusCode.OK);
        var journey = answer.Only<FhirTask>().GroupIdentifier!;
        Assert.Equal(Systems.Journey, journey.System);
        Assert.True(Guid.TryParse(journey.Value, out _));
        Assert.Equal(journey.Value, answer.Only<EpisodeOfCare>().Identifier.Single().Value);
    }

    [Fact]
    public async Task The_same_request_five_times_at_once_opens_one_case()
    {
        await using var ips = await RunningIps.Start();
        var request = Given.CoachingRequest();
        var responses = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ips.Send(request)));
        Assert.All(responses, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        Assert.Single((await Task.WhenAll(responses.Select(r => r.Content.ReadAsStringAsync()))).Distinct());
        Assert.Single(await ips.All<EpisodeOfCare>());
        Assert.Single(await ips.All<FhirTask>());
    }

    [Fact]
    public async Task A_unit_of_no_known_county_gets_its_case_and_a_warning_and_can_be_completed_later()
    {
        await using var ips = await RunningIps.Start(withUnits: false);
        var answer = await RunningIps.Read<Bundle>(await ips.Send(Given.CoachingRequest()), HttpStatusCode.OK);
        Assert.Equal(EpisodeOfCareStatus.Active, answer.Only<EpisodeOfCare>().Status);
        Assert.Equal(IssueSeverity.Warning, answer.Only<OperationOutcome>().Issue.Single().Severity);

        var second = Given.CoachingRequest();
        second.Only<FhirTask>().Identifier.Single().Value = "P-2026-10";
        second.Only<Organization>().PartOf =
            new ResourceReference { Identifier = new Identifier(Systems.Region, "08") };
        answer = await RunningIps.Read<Bundle>(await ips.Send(second), HttpStatusCode.OK);
        Assert.Empty(answer.All<OperationOutcome>());
    }

    [Fact]
    public async Task Every_fault_of_a_request_is_listed_with_its_place()
    {
        await using var ips = await RunningIps.Start();
        var request = Given.CoachingRequest();
        request.MessageHeader().Reason = new CodeableConcept(Systems.MessageReason, Reasons.Cancel);
        var task = request.Only<FhirTask>();
        task.Identifier.Clear();
        task.Status = TaskStatus.Completed;
        task.Intent = TaskIntent.Plan;
        task.Code = null;
        task.GroupIdentifier = new Identifier("urn:other", "1");
        task.Requester = null;
        var order = request.Only<ServiceRequest>();
        order.Status = RequestStatus.Draft;
        order.Code = new CodeableConcept(Systems.Method, "klt");
        order.Subject = new ResourceReference("urn:uuid:nobody");
        order.Requester = null;
        request.Only<Patient>().Identifier.Clear();

        var faults = await RunningIps.Faults(await ips.Send(request), HttpStatusCode.BadRequest);
        Assert.Equal(
            [
                "Bundle.entry[0].resource.reason", "Bundle.entry[1].resource.code",
                "Bundle.entry[1].resource.groupIdentifier", "Bundle.entry[1].resource.identifier",
                "Bundle.entry[1].resource.intent", "Bundle.entry[1].resource.requester",
                "Bundle.entry[1].resource.status", "Bundle.entry[2].resource.code", "Bundle.entry[2].resource.status",
                "Bundle.entry[2].resource.subject", "Bundle.entry[2].resource.subject",
                "Bundle.entry[3].resource.identifier",
            ], faults);
        Assert.Empty(await ips.All<EpisodeOfCare>());
        Assert.Empty(await ips.All<Patient>());
    }

    [Fact]
    public async Task A_request_with_nothing_but_a_header_says_all_that_is_missing()
    {
        await using var ips = await RunningIps.Start();
        var request = Given.CoachingRequest();
        request.Entry.RemoveRange(1, request.Entry.Count - 1);
        var faults = await RunningIps.Faults(await ips.Send(request), HttpStatusCode.BadRequest);
        Assert.Equal(
            [
                "Bundle.entry", "Bundle.entry", "Bundle.entry[0].resource.focus", "Bundle.entry[0].resource.focus[0]",
                "Bundle.entry[0].resource.sender",
            ], faults);
    }

    [Fact]
    public async Task A_case_is_of_the_unit_of_its_coach_and_goes_along_to_a_coach_of_another()
    {
        await using var ips = await RunningIps.Start();
        await ips.Send(Given.CoachingRequest());
        var episode = await Life.Changed(
            ips, one => one.CareManager = new ResourceReference("PractitionerRole/coach-kaisa-role"));
        Assert.Equal("Organization/ips-unit-pirkanmaa", episode.ManagingOrganization!.Reference);
        episode = await Life.Changed(
            ips, one => one.CareManager = new ResourceReference("PractitionerRole/nurse-noora-role"));
        Assert.Equal("Organization/psychiatric-unit-pirkanmaa", episode.ManagingOrganization!.Reference);
    }
}
