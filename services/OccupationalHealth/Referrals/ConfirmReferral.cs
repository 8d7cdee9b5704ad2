using Fhir;
using Messages;
using OccupationalHealth.Placement;
using ServiceKit.Messaging;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.Referrals;

/// <summary>Reason <c>confirm</c>: a named professional confirms the proposal, and the handoff leaves.</summary>
internal sealed class ConfirmReferral(ReceivedMessage message, Session session)
{
    public async Task<MessageResult> Confirm(FhirTask? care)
    {
        var task = message.Focus<FhirTask>()!;
        if (Faults(task) is { Count: > 0 } faults)
            return new MessageResult.Refused(Refusal.BadRequest(faults));
        if (care is null)
            return KnownReferrals.Unknown();

        var plan = await CarePlans.Of(session, message.Access, care);
        if (care.Status is not TaskStatus.Requested || plan.Intent is not CarePlanIntent.Proposal)
            return new MessageResult.Refused(Refusal.Conflict(
                $"{message.PathOf(task)}.status", "Only a proposal can be confirmed; this one was decided before."));

        var isElsewhere = care.PerformerType.TrueForAll(
            type => !type.Has(Terms.CarePlace, CarePlace.OccupationalHealth.Code()));
        // An emergency has left before; this confirms it afterwards.
        var leaves = isElsewhere && !Handoff.HasLeft(care);
        if (leaves && care.Owner is null)
            return new MessageResult.Refused(Refusal.BadRequest(Handoff.NoReceiver("Patient.address")));

        await File(care);
        (plan.Status, plan.Intent) = (RequestStatus.Active, CarePlanIntent.Plan);
        await session.Resources.Update(message.Access, plan);
        if (!Handoff.HasLeft(care))
            care.BusinessStatus = new CodeableConcept(Terms.BusinessStatusSystem,
                isElsewhere ? Terms.BusinessStatus.HandedOver : Terms.BusinessStatus.Confirmed);
        await session.Resources.Update(message.Access, care);
        if (leaves)
            await Handoff.Leave(session, message.Access, care);
        return new MessageResult.Accepted([plan, care]);
    }

    private IReadOnlyList<FhirIssue> Faults(FhirTask task)
    {
        var (provenance, faults) = Confirmation.Read(message, task);
        if (provenance is null)
            faults = [Refusal.Issue(IssueType.Required, "Bundle.entry",
                "A confirmation has a Provenance with activity confirm-placement that names the professional.")];
        return [.. faults, .. FactsBrought()];
    }

    // They could call for another placement, or tell of danger: what is confirmed is a placement that knows them.
    private IEnumerable<FhirIssue> FactsBrought() => message.Content
        .Where(resource => resource is Condition or Observation or QuestionnaireResponse or Coverage)
        .Select(fact => Refusal.Issue(IssueType.BusinessRule, message.PathOf(fact),
            "A confirmation brings no facts; they are sent with reason update before it, so that the placement knows them."));

    private async Task File(FhirTask care)
    {
        var filing = new Filing(message, session);
        await filing.Find(message.Content);
        var task = message.Focus<FhirTask>()!;
        filing.Keep(task, care.Id!);
        await filing.Store(except: [task, .. message.Bundle.All<ServiceRequest>()]);
        await PersonAsSent.Update(filing, message, session);
    }
}
