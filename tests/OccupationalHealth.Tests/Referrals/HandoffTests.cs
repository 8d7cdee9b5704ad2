using System.Net;
using Fhir;
using Messages;
using TaskStatus = Fhir.TaskStatus;

namespace OccupationalHealth.Tests.Referrals;

public sealed class HandoffTests(OccupationalHealthApplication app) : IClassFixture<OccupationalHealthApplication>
{
    [Fact]
    public async Task A_proposal_leaves_only_when_it_is_confirmed()
    {
        var message = Example.Fresh("01");
        var proposal = await app.Send(message);
        Assert.Equal(CarePlanIntent.Proposal, proposal.One<CarePlan>().Intent);
        Assert.Empty(await app.Outgoing(message.Journey()));

        var confirmed = await app.Send(Example.Confirmation(message));
        Assert.Equal((CarePlanIntent.Plan, RequestStatus.Active),
            (confirmed.One<CarePlan>().Intent, confirmed.One<CarePlan>().Status));
        Assert.Single(await app.Outgoing(message.Journey()));

        var again = await app.Send(Example.Confirmation(message));
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Single(await app.Outgoing(message.Journey()));
    }

    [Fact]
    public async Task A_confirmation_without_a_named_professional_is_refused_and_nothing_leaves()
    {
        var message = Example.Fresh("01");
        await app.Send(message);
        var confirmation = Example.Confirmation(message);
        confirmation.All<Practitioner>().Single().Name.Clear();

        var answer = await app.Send(confirmation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(["invariant Bundle.entry[5].resource.agent[0].who"], answer.Faults);
        Assert.Empty(await app.Outgoing(message.Journey()));
    }

    [Fact]
    public async Task A_confirmation_that_brings_facts_is_refused_so_that_none_is_confirmed_unseen()
    {
        var message = Example.Fresh("06", Example.NewPerson());
        await app.Send(message);
        var confirmation = Example.Confirmation(message);
        // Answers that tell of danger, and a diagnosis: neither may be filed beside a placement that does not know it.
        confirmation.Entry.AddRange(message.Entry.Where(entry => entry.Resource is QuestionnaireResponse or Condition));
        confirmation.Entry.AddRange(message.Entry.Where(entry => entry.Resource is Patient));
        confirmation.All<Condition>().Single().Recorder = null;
        var before = (await app.Count("QuestionnaireResponse"), await app.Count("Condition"));

        var answer = await app.Send(confirmation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(["business-rule Bundle.entry[6].resource", "business-rule Bundle.entry[7].resource"], answer.Faults);
        Assert.Equal(before, (await app.Count("QuestionnaireResponse"), await app.Count("Condition")));
        Assert.Equal(HttpStatusCode.OK, (await app.Send(Example.Confirmation(message))).Status);
    }

    [Fact]
    public async Task The_handoff_holds_what_the_region_needs_and_nothing_of_the_employer()
    {
        var message = Example.Fresh("03");
        var answer = await app.Send(message);

        var handoff = Assert.Single(await app.Outgoing(message.Journey()));
        Assert.Equal("handoff-request", ((Coding)handoff.MessageHeader().Event!).Code);
        Assert.Empty(handoff.All<Coverage>());
        Assert.DoesNotContain(handoff.All<Organization>(), o => o.Identifier.Exists(i => i.Value == "employer-a"));
        Assert.DoesNotContain("employer", System.Text.Encoding.UTF8.GetString(Fhir.Json.FhirJson.Write(handoff)),
            StringComparison.OrdinalIgnoreCase);
        var task = handoff.Resolve<FhirTask>(handoff.MessageHeader().Focus.Single())!;
        Assert.Equal(message.All<FhirTask>().Single().Identifier[0].Value, task.Identifier[0].Value);
        Assert.Equal("09", handoff.Resolve<Organization>(task.Owner)!.Identifier.Single().Value);
        Assert.Equal(["Condition", "Observation"], ((IEnumerable<Resource>)
            [.. handoff.All<Condition>().Take(1), .. handoff.All<Observation>().Take(1)]).Select(r => r.TypeName));
        var provenance = handoff.All<Provenance>().Single();
        Assert.Equal(message.MessageHeader().Id, provenance.Entity.Single().What!.Identifier!.Value);
        Assert.NotNull(handoff.Resolve<PractitionerRole>(provenance.Agent[0].Who));
        var stored = answer.All<FhirTask>().Select(t => t.Id).ToHashSet();
        Assert.DoesNotContain(handoff.Entry, entry => stored.Contains(entry.Resource!.Id));
    }

    [Fact]
    public async Task Care_in_occupational_health_sends_no_handoff_even_when_confirmed()
    {
        var message = Example.Fresh("02");
        await app.Send(message);
        var confirmed = await app.Send(Example.Confirmation(message));

        Assert.Equal(HttpStatusCode.OK, confirmed.Status);
        Assert.Empty(await app.Outgoing(message.Journey()));
    }

    [Fact]
    public async Task An_emergency_leaves_at_once_and_records_the_phone_handover()
    {
        var message = Example.Fresh("05");
        var answer = await app.Send(message);

        var handoff = Assert.Single(await app.Outgoing(message.Journey()));
        var call = Assert.Single(handoff.All<Communication>());
        Assert.NotNull(handoff.Resolve<Organization>(call.Recipient.Single()));
        Assert.Equal(RequestPriority.Stat, answer.Task(TaskKinds.Care).Priority);
        Assert.Equal(TaskStatus.Completed, answer.Task(TaskKinds.PhoneHandover).Status);
    }

    [Fact]
    public async Task An_emergency_needs_neither_contract_nor_municipality_nor_a_phone_call_on_record()
    {
        var message = Example.Fresh("05");
        message.Entry.RemoveAll(entry => entry.Resource is Coverage or Communication);
        message.All<ServiceRequest>().Single().Insurance.Clear();
        var patient = message.All<Patient>().Single();
        (patient.Extension, patient.Address) = ([], []);

        var answer = await app.Send(message);

        Assert.Single(await app.Outgoing(message.Journey()));
        Assert.Equal(TaskStatus.Requested, answer.Task(TaskKinds.PhoneHandover).Status);
        Assert.NotNull(answer.Task(TaskKinds.WorkAbilityFollowUp).Owner);
    }

    [Fact]
    public async Task An_emergency_leaves_even_when_its_confirmation_names_nobody()
    {
        var message = Example.Fresh("05");
        message.Entry.Add(new Bundle.EntryComponent
        {
            FullUrl = "urn:uuid:confirmation",
            Resource = new Provenance
            {
                Id = "confirmation",
                Target = [new ResourceReference(message.UrlOf(message.All<FhirTask>().Single()))],
                Recorded = app.Time.GetUtcNow(),
                Activity = new CodeableConcept(
                    "https://fhir.occupational-mental-health.example/CodeSystem/provenance-activity",
                    "confirm-placement"),
                Agent = [new Provenance.AgentComponent { Who = message.MessageHeader().Sender }],
            },
        });

        var answer = await app.Send(message);

        Assert.Equal(CarePlanIntent.Proposal, answer.One<CarePlan>().Intent);
        Assert.Single(await app.Outgoing(message.Journey()));
    }

    // A flag raises urgency and never delays: the handoff leaves, marked as still under review.
    [Fact]
    public async Task A_handoff_leaves_while_the_safety_review_is_open_and_says_so()
    {
        var message = Example.Fresh("06");
        message.Fact("worker-chooses-region").Value = new FhirBoolean(true);
        await app.Send(message);
        await app.Send(Example.Confirmation(message));

        var task = Assert.Single(await app.Outgoing(message.Journey())).All<FhirTask>().Single();
        Assert.Equal("open", ((Code)task.Extension.Single().Value!).Value);
        Assert.Equal(RequestPriority.Asap, task.Priority);
    }

    [Fact]
    public async Task A_confirmed_handoff_without_a_receiver_is_refused_with_the_place_of_the_gap()
    {
        var message = Example.Fresh("03");
        var patient = message.All<Patient>().Single();
        (patient.Extension, patient.Address) = ([], []);

        var answer = await app.Send(message);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(["required Bundle.entry[3].resource.address"], answer.Faults);
    }

    [Fact]
    public async Task Cancelling_closes_everything_and_withdraws_the_handoff()
    {
        var message = Example.Fresh("03");
        await app.Send(message);
        var answer = await app.Send(Cancellation(message));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.All(answer.All<FhirTask>(), task => Assert.Equal(TaskStatus.Cancelled, task.Status));
        Assert.Equal(RequestStatus.Revoked, answer.One<CarePlan>().Status);
        Assert.Equal(["handoff-request", "handoff-cancel"], (await app.Outgoing(message.Journey()))
            .Select(bundle => ((Coding)bundle.MessageHeader().Event!).Code));
        Assert.Equal(HttpStatusCode.Conflict, (await app.Send(Cancellation(message))).Status);
    }

    private static Bundle Cancellation(Bundle referral)
    {
        var message = Example.Confirmation(referral);
        message.MessageHeader().Reason!.Coding[0].Code = "cancel";
        message.All<FhirTask>().Single().Status = TaskStatus.Cancelled;
        return message;
    }
}
