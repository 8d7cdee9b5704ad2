using Fhir;
using Messages;
using ServiceKit.Messaging;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.Referrals;

/// <summary>
/// <c>referral-request</c>: a provider's system asks where a worker is to be cared for. Reason new and update are
/// placed here; confirm and cancel have files of their own.
/// </summary>
public sealed class ReceiveReferral : IMessageHandler
{
    public async Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        List<FhirIssue> faults = [.. message.Focus<FhirTask>() is { } task ? LegalReferrals.Faults(message, task) : []];
        if (message.Reason is MessageReasons.Confirm or MessageReasons.Cancel)
            faults.AddRange(ReferralFaults.OfHeader(message));
        else
            faults.AddRange(ReferralFaults.Of(message));
        if (faults.Count > 0)
            return new MessageResult.Refused(Refusal.BadRequest(faults));

        var earlier = await KnownReferrals.Find(session, message.Access, message.Focus<FhirTask>()!);
        return message.Reason switch
        {
            MessageReasons.Confirm => await new ConfirmReferral(message, session).Confirm(earlier),
            MessageReasons.Cancel => await new CancelReferral(message, session).Cancel(earlier),
            MessageReasons.Update => await Update(message, session, earlier),
            _ when earlier is not null => new MessageResult.Refused(Refusal.Conflict(
                $"{message.PathOf(message.Focus<FhirTask>()!)}.identifier",
                "A referral with this number was received before; change it with reason update.")),
            _ => await new PlaceReferral(message, session).Place(),
        };
    }

    // Once confirmed, others act on it: then the referral is cancelled and a new one sent.
    private static async Task<MessageResult> Update(ReceivedMessage message, Session session, FhirTask? earlier)
    {
        var task = message.Focus<FhirTask>()!;
        if (earlier is null)
            return KnownReferrals.Unknown();
        if (earlier.Status is not TaskStatus.Requested
            || earlier.BusinessStatus?.Has(Terms.BusinessStatusSystem, Terms.BusinessStatus.Proposed) != true)
            return new MessageResult.Refused(Refusal.Conflict(
                $"{message.PathOf(task)}.status", "Only a proposal that is not confirmed can be updated."));
        if (FinnishTime.IsBefore(task.LastModifiedElement, earlier.LastModifiedElement))
            return new MessageResult.Refused(Refusal.Conflict(
                $"{message.PathOf(task)}.lastModified", "A newer version of this referral was received before."));
        return await new PlaceReferral(message, session).Place(earlier);
    }
}
