using Fhir;
using Messages;
using OccupationalHealth.Catalogue;
using OccupationalHealth.EmployerContracts;
using OccupationalHealth.Placement;
using OccupationalHealth.Triage;
using OccupationalHealth.WorkAbility;
using ServiceKit.Messaging;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.Referrals;

/// <summary>
/// Decides, stores and answers one referral, and lets the handoff leave; all in the transaction of the message.
/// </summary>
internal sealed class PlaceReferral(ReceivedMessage message, Session session)
{
    private readonly Filing filing = new(message, session);
    private readonly Referral referral = Referral.Of(message);
    private readonly Units units = new(session, message.Access);
    private readonly OpenTasks openTasks =
        new(session, message.Access, TaskKinds.WorkAbilityFollowUp, TaskKinds.SafetyReview);

    /// <param name="earlier">The Task of the referral that this one updates; null for a new one.</param>
    public async Task<MessageResult> Place(FhirTask? earlier = null)
    {
        var today = FinnishTime.DateOf(session.Now);
        var rules = PlacementRules.InForceOn(today);
        var told = ReadFacts.From(referral, today, rules);
        await session.Registers.Prepare();
        if (session.IsTrial && filing.FoundBefore(referral.Patient) is { } person)
            openTasks.Expect(person);
        await filing.Find(message.Content, told.Region is { } area ? [Units.Number(area)] : []);
        if (earlier is not null)
            KeepPlaces(earlier);

        var open = await OpenTasksOfPerson();
        var answers = new ReferredAnswers(message, session, filing, referral);
        await answers.FindCorrected();
        var facts = ReadReferrer.Into(told, message, referral, filing) with
        {
            SafetyFlag = told.SafetyFlag || SafetyReviews.WaitIn(open),
        };
        var region = facts.Region is { } code ? await units.Region(code) : null;
        var (decision, overrideFaults) = await Decide(facts, region, rules);
        var confirmation = Confirmation.Read(message, referral.Task);
        if (overrideFaults.Concat(Objections(decision, confirmation)).ToList() is { Count: > 0 } faults)
            return new MessageResult.Refused(Refusal.BadRequest(faults));

        var confirmed = confirmation is { Provenance: not null, Faults.Count: 0 };
        var leaves = decision.Place is not CarePlace.OccupationalHealth && (confirmed || decision.Facts.Emergency);
        var placed = await PlaceIn(decision, region, earlier);
        var guidance = DescribePlacement.Guidance(decision, placed);
        var plan = DescribePlacement.Plan(decision, placed, confirmed);
        var followUp = await FollowUp(decision, placed, plan, earlier, open);
        var care = filing.Copy(referral.Task);
        PlacementTasks.Complete(care, decision, placed, leaves ? Terms.BusinessStatus.HandedOver
            : confirmed ? Terms.BusinessStatus.Confirmed
            : Terms.BusinessStatus.Proposed);

        // A trial shows what is made of the message, not the message.
        if (!session.IsTrial)
        {
            await filing.Store(except: [referral.Task, referral.Request, .. answers.Sent]);
            await Save(earlier, Request(await answers.Store()));
        }

        var asSent = await PersonAsSent.Update(filing, message, session);
        await session.Resources.Create(message.Access, guidance);
        await Save(earlier, plan);
        KeepAsSent(care, asSent);
        await Save(earlier, care);
        List<FhirTask> beside =
        [
            .. followUp is null ? [] : new[] { followUp },
            .. await new JourneyTasks(session, message.Access).Replace(earlier, Beside(decision, placed)),
        ];
        await new SafetyReviews(session, message.Access).Watch(beside, decision.Facts.AsOf);
        await CareDeadlines.Watch(session, care, decision.Deadlines);
        if (leaves && !session.IsTrial)
            await Handoff.Leave(session, message.Access, care);
        return new MessageResult.Accepted([guidance, plan, care, .. beside]);
    }

    // Nothing is open of whom nobody knew, and whoever refers them too waits until they are stored.
    private async Task<List<FhirTask>> OpenTasksOfPerson()
    {
        if (!filing.IsKnown(referral.Patient))
            return [];
        var person = filing.IdOf(referral.Patient);
        await new FollowUps(session, message.Access).Lock(person);
        return await openTasks.Of(person);
    }

    private async Task<(PlacementDecision Decision, IReadOnlyList<FhirIssue> OverrideFaults)> Decide(
        PlacementFacts facts, ResourceReference? region, PlacementRules rules)
    {
        var employers = ReadFacts.CoveragesOn(referral, facts.Start).SelectMany(coverage => coverage.Payor)
            .Select(message.Resolve<Organization>).OfType<Organization>().Select(filing.IdOf);
        var contracts = await FindContracts.Of(
            session, message.Access, filing.IdOf(referral.Sender), [.. employers], filing.IdOf(referral.Patient),
            facts.Start);
        var offer = await FindOffer.Of(session, message.Access, Units.IdOf(region), contracts);
        var decision = PlacementPolicy.Decide(facts, contracts, offer, rules);
        return OverridePlacement.Apply(message, referral.Task, decision, rules);
    }

    // An emergency is gated by nothing: an invalid confirmation leaves it unconfirmed, and it leaves all the same.
    private List<FhirIssue> Objections(
        PlacementDecision decision, (Provenance? Provenance, IReadOnlyList<FhirIssue> Faults) confirmation)
    {
        if (decision.Facts.Emergency)
            return [];

        List<FhirIssue> faults = [.. confirmation.Faults];
        if (confirmation.Provenance is not null && decision.Place is not CarePlace.OccupationalHealth
            && decision.Facts.Region is null)
            faults.Add(Handoff.NoReceiver($"{message.PathOf(referral.Patient)}.address"));
        return faults;
    }

    private async Task<Placed> PlaceIn(PlacementDecision decision, ResourceReference? region, FhirTask? earlier)
    {
        var contract = decision.Contracts.FirstOrDefault(
            c => c.ContractId == (decision.Chosen.ContractId ?? decision.FollowUp?.ContractId));
        var provider = contract is null ? null : await units.To(contract.Provider);
        return new Placed(
            filing.ReferenceTo(referral.Patient).Reference!,
            filing.ReferenceTo(referral.Request).Reference!,
            (earlier ?? referral.Task).GroupIdentifier?.Value ?? ResourceStore.NewId(),
            message.Header.Id!,
            session.Now)
        {
            GuidanceId = ResourceStore.NewId(),
            CarePlanId = earlier is null ? ResourceStore.NewId() : CarePlans.IdOf(earlier),
            Sender = Units.Named(filing.ReferenceTo(referral.Sender), referral.Sender),
            Requester = filing.ReferenceTo(message.Resolve<Resource>(referral.Task.Requester)!),
            Provider = provider,
            Region = region,
            CareOwner = decision.Place is CarePlace.OccupationalHealth ? provider : region,
        };
    }

    // A fact that stands beside the request is a fact of the request, and so is what its questionnaires come to.
    private ServiceRequest Request(IEnumerable<Observation> scores)
    {
        var request = filing.Copy(referral.Request);
        foreach (var fact in referral.Observations.Select(filing.ReferenceTo)
            .Concat(scores.Select(score => new ResourceReference($"Observation/{score.Id}"))))
            if (!request.SupportingInfo.Exists(info => info.Reference == fact.Reference))
                request.SupportingInfo.Add(fact);
        return request;
    }

    // The plan names the follow-up that goes along with the care, wherever that is.
    private async Task<FhirTask?> FollowUp(
        PlacementDecision decision, Placed placed, CarePlan plan, FhirTask? earlier, List<FhirTask> open)
    {
        if (decision.FollowUp is not { } needed)
            return null;
        var former = earlier is null ? null : await CarePlans.Of(session, message.Access, earlier);
        var followUp = await new FollowUps(session, message.Access).Take(
            FollowUpTask.Of(needed, placed), [.. open.Where(FollowUps.IsFollowUp)], former);
        plan.Activity.Add(new CarePlan.ActivityComponent { Reference = new ResourceReference($"Task/{followUp.Id}") });
        return followUp;
    }

    private IEnumerable<FhirTask> Beside(PlacementDecision decision, Placed placed)
    {
        var phone = referral.PhoneHandover is { } communication ? filing.Copy(communication) : null;
        return decision.Tasks.Select(task => PlacementTasks.Of(task, placed, phone));
    }

    // Differences to what another source has told of the person are kept and shown, not settled here.
    private void KeepAsSent(FhirTask care, Patient? person)
    {
        if (referral.PhoneHandover is { } phone)
            care.Input.Add(new FhirTask.ParameterComponent
            {
                Type = new CodeableConcept(Terms.CommunicationCategory, Terms.PhoneHandover),
                Value = filing.ReferenceTo(phone),
            });
        if (person is null)
            return;
        (person.Id, person.Meta) = ("person-as-sent", null);
        care.Contained.Add(person);
        care.Input.Add(new FhirTask.ParameterComponent
        {
            Type = new CodeableConcept(Terms.TaskInput, "person-as-sent"),
            Value = new ResourceReference("#person-as-sent"),
        });
    }

    private void KeepPlaces(FhirTask earlier)
    {
        filing.Keep(referral.Task, earlier.Id!);
        if (earlier.Focus?.TryGetLocal(out _, out var request) == true)
            filing.Keep(referral.Request, request);
    }

    private async Task Save(FhirTask? earlier, Resource resource)
    {
        if (earlier is null)
            await session.Resources.Create(message.Access, resource);
        else
            await session.Resources.Update(message.Access, resource);
    }
}
