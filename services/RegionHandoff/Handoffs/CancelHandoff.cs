using Fhir;
using RegionHandoff.Delivery;
using RegionHandoff.Regions;
using ServiceKit.Messaging;
using ServiceKit.Storage;
using TaskStatus = Fhir.TaskStatus;

namespace RegionHandoff.Handoffs;

/// <summary>
/// Withdraws a handoff that is still active, and tells the region. One that has ended stays, and the sender is told.
/// </summary>
public sealed class CancelHandoff(SendToRegion send) : IMessageHandler
{
    public async Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        var sent = message.Focus<FhirTask>();
        var task = sent is null ? null : await HandoffTask.Find(session, message.Access, sent);
        var region = Region.CodeOf(task?.Owner?.Identifier) ?? Region.CodeOf(message.Bundle, sent?.Owner);
        var urgent = task?.Priority == RequestPriority.Stat;
        if (task is null)
        {
            await send.Keep(session, message, region, null, urgent, Undelivered.UnknownHandoff);
            return MessageResult.Done;
        }

        var to = sent!.Status == TaskStatus.EnteredInError ? TaskStatus.EnteredInError : TaskStatus.Cancelled;
        if (!HandoffState.MayMove(task.Status!.Value, to, Side.Requester))
        {
            await send.Keep(session, message, region, task.Id, urgent, Undelivered.NoLongerActive);
            return MessageResult.Done;
        }

        (task.Status, task.StatusReason) = (to, sent.StatusReason);
        task.LastModifiedElement = new FhirDateTime(session.Now);
        await session.Resources.Update(message.Access, task);
        await send.Send(session, message, region, task.Id, urgent);
        return MessageResult.Done;
    }
}
