using Fhir;
using Messages;
using RegionHandoff.Delivery;
using RegionHandoff.Handoffs;
using RegionHandoff.Regions;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace RegionHandoff.WorkAbility;

/// <summary>
/// <c>work-ability-follow-up</c>: what occupational health made of a region's referral. The Task here follows, and the
/// region gets the message as it was sent.
/// </summary>
public sealed class ForwardWorkAbilityFollowUp(SendToRegion send) : IMessageHandler
{
    public async Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        var told = message.Focus<FhirTask>();
        var task = told is null ? null : await HandoffTask.Find(session, message.Access, told);
        var region = Region.CodeOf(task?.Requester?.Identifier) ?? message.Header.Destination
            .Select(destination => Region.CodeOf(message.Bundle, destination.Receiver))
            .FirstOrDefault(code => code is not null);
        if (task is null)
        {
            await send.Keep(session, message, region, null, urgent: false, Undelivered.UnknownHandoff);
            return MessageResult.Done;
        }

        (task.Status, task.StatusReason, task.Output) = (told!.Status, told.StatusReason, told.Output);
        task.BusinessStatus = told.BusinessStatus;
        task.LastModifiedElement = told.LastModifiedElement ?? new FhirDateTime(session.Now);
        await session.Resources.Update(message.Access, task);
        await send.Send(session, message, region, task.Id, urgent: false);
        return MessageResult.Done;
    }
}
