using Fhir;
using Messages;
using RegionHandoff.Delivery;
using RegionHandoff.Regions;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace RegionHandoff.Handoffs;

/// <summary>
/// Opens a handoff: stores what the region's professional would see, and puts the message on its way.
/// </summary>
public sealed class OpenHandoff(SendToRegion send) : IMessageHandler
{
    public async Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        var task = message.Focus<FhirTask>();
        var region = Region.CodeOf(message.Bundle, task?.Owner);
        var urgent = task?.Priority == RequestPriority.Stat;
        if (task is null || message.Bundle.All<Coverage>().Any() || message.Bundle.All<Contract>().Any())
        {
            await send.Keep(session, message, region, null, urgent,
                task is null ? Undelivered.UnknownHandoff : Undelivered.MoreThanNecessary);
            return MessageResult.Done;
        }

        // A journey may hold several handoffs: only the placer's number says that it is the same one.
        var known = HandoffTask.Placer(task).Count == 0 ? null : await HandoffTask.Find(session, message.Access, task);
        if (known is not null && HandoffState.IsEnd(known.Status!.Value))
        {
            await send.Keep(session, message, region, known.Id, urgent, Undelivered.NoLongerActive);
            return MessageResult.Done;
        }

        var stored = await Store(session, message, task, known, region);
        await send.Send(session, message, region, stored.Id, urgent);
        return MessageResult.Done;
    }

    private static async Task<FhirTask> Store(
        Session session, ReceivedMessage message, FhirTask sent, FhirTask? known, string? region)
    {
        var task = await StoreContent.Store(session, message, sent);
        (task.Id, task.Meta) = (known?.Id ?? ResourceStore.NewId(), null);
        if (HandoffTask.Journey(task) is null && JourneyPosition.Of(message.Header) is { } position)
            task.GroupIdentifier = new Identifier(Systems.Journey, position.Journey);
        // Whichever way the message named the region, the Task does it by the county code.
        if (region is not null)
        {
            task.Owner ??= new ResourceReference();
            task.Owner.Identifier = new Identifier(Systems.Region, region);
        }

        if (known is null) return await session.Resources.Create(message.Access, task);
        // The requester may add to what it asks; how far the region has come is the region's to say.
        task.Status = known.Status;
        await session.Resources.Update(message.Access, task);
        return task;
    }
}
