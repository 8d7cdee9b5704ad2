using Fhir;
using Messages;
using RegionHandoff.Delivery;
using RegionHandoff.Regions;
using ServiceKit.Messaging;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace RegionHandoff.Handoffs;

/// <summary>Takes a region's answer to a handoff and passes it on to occupational health, in one transaction.</summary>
public sealed class AcceptRegionResponse : IMessageHandler
{
    public async Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        if (message.Focus<FhirTask>() is not { } answer)
            return new MessageResult.Refused(Refusal.BadRequest(Refusal.Issue(
                IssueType.Required, "Bundle.entry[0].resource.focus", "The focus must be a Task of this message.")));
        var path = message.PathOf(answer);
        var faults = RegionResponsePolicy.Faults(answer, path).ToList();
        if (faults.Count > 0) return new MessageResult.Refused(Refusal.BadRequest(faults));

        var task = await HandoffTask.Find(session, message.Access, answer);
        if (task is null || !IsFrom(message, task))
            return new MessageResult.Refused(
                Refusal.NotFound("No handoff to this region is known by these identifiers."));
        if (!HandoffState.MayMove(task.Status!.Value, answer.Status!.Value, Side.Owner))
            return new MessageResult.Refused(Refusal.Conflict(
                $"{path}.status", $"The handoff is {task.Status.Value.GetLiteral()}; this status cannot follow."));

        Take(task, answer, session.Now);
        await session.Resources.Update(message.Access, task);
        await Deliveries.AcknowledgeHandoff(session, task.Id!);
        var journey = HandoffTask.Journey(task) ?? task.Id!;
        await session.Outbox.Enqueue<HandoffResponse>(
            OnwardResponse.Compose(task, message.Header, session.Now), journey, ServiceNames.RegionHandoff);
        return MessageResult.Done;
    }

    // A region answers for its own handoffs only: the one that is known to have sent it, else the one that it names.
    private static bool IsFrom(ReceivedMessage message, FhirTask task) =>
        (Region.CodeOf(message.Access) ?? Region.CodeOf(message.Bundle, message.Header.Sender)) is not { } sender
        || sender == Region.CodeOf(task.Owner?.Identifier);

    private static void Take(FhirTask task, FhirTask answer, DateTimeOffset now)
    {
        (task.Status, task.StatusReason) = (answer.Status, answer.StatusReason);
        if (answer.BusinessStatus is not null) task.BusinessStatus = answer.BusinessStatus;
        task.LastModifiedElement = answer.LastModifiedElement ?? new FhirDateTime(now);
        foreach (var output in answer.Output)
        {
            // What is said anew stands in place of what was said before; older versions keep that.
            task.Output.RemoveAll(earlier => earlier.Type?.DeepEquals(output.Type) == true);
            task.Output.Add(output);
        }
    }
}
