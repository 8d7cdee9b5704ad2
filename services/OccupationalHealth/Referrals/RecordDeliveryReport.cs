using Fhir;
using Messages;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace OccupationalHealth.Referrals;

/// <summary>
/// <c>delivery-report</c>: a handoff never reached its receiver. The sender has kept the person all the while, and sees so
/// on the Task.
/// </summary>
public sealed class RecordDeliveryReport : IMessageHandler
{
    public async Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        foreach (var named in message.Bundle.All<FhirTask>())
        {
            if (await KnownReferrals.Find(session, message.Access, named) is not { } care
                || !TaskMoves.IsOpen(care.Status))
                continue;
            care.BusinessStatus = new CodeableConcept(Terms.BusinessStatusSystem, Terms.BusinessStatus.Undelivered);
            await session.Resources.Update(message.Access, care);
        }

        return MessageResult.Done;
    }
}
