using Fhir;
using Messages;
using OccupationalHealth.Referrals;
using ServiceKit.Messaging;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// <c>sickness-absence-notice</c>: a provider's system tells a sickness certificate, corrects it (reason update) or
/// withdraws it (cancel). What is due in the absence becomes Tasks; the answer holds them behind the follow-up.
/// </summary>
public sealed class TakeAbsenceNotice : IMessageHandler
{
    public async Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        if (AbsenceFaults.Of(message).ToList() is { Count: > 0 } faults)
            return new MessageResult.Refused(Refusal.BadRequest(faults));
        var absence = message.Focus<Observation>()!;
        var filing = new Filing(message, session);
        await filing.Find(message.Content);
        var person = filing.IdOf(message.Resolve<Patient>(absence.Subject)!);
        var sender = message.Resolve<Organization>(message.Header.Sender)!;
        var named = Units.Named(new ResourceReference(), sender);
        await session.Lock(message.Access, "Patient", person);
        if (await new Units(session, message.Access).KnownProvider(named, person) is not { } unit)
            return new MessageResult.Refused(new Refusal(422, "SEND_NOT_FOUND", [Refusal.Issue(
                IssueType.NotFound, $"{message.PathOf(message.Header)}.sender",
                "No occupational-health provider is known by it here.")]));

        if (await new StoreAbsence(message, session, filing).Store(absence, person, unit) is { } refusal)
            return new MessageResult.Refused(refusal);
        var requester = absence.Performer.Select(message.Resolve<Resource>).OfType<Resource>()
            .Select(filing.ReferenceTo).FirstOrDefault();
        return new MessageResult.Accepted(
            await new AbsenceCheckpoints(session, message.Access, unit).Settle(person, requester));
    }
}
