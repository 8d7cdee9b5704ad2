using Fhir;
using OccupationalHealth.WorkAbility;
using ServiceKit.Messaging;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.Referrals;

/// <summary>
/// Reason <c>cancel</c>: the sender withdraws a referral that is still active, or says that it was an error.
/// </summary>
internal sealed class CancelReferral(ReceivedMessage message, Session session)
{
    public async Task<MessageResult> Cancel(FhirTask? care)
    {
        var task = message.Focus<FhirTask>()!;
        if (care is null)
            return KnownReferrals.Unknown();
        if (!TaskMoves.IsAllowed(care.Status, task.Status, TaskSide.Requester))
            return new MessageResult.Refused(Refusal.Conflict($"{message.PathOf(task)}.status",
                $"A Task that is {care.Status!.Value.GetLiteral()} cannot become {task.Status!.Value.GetLiteral()}."));

        var status = task.Status!.Value;
        (care.Status, care.StatusReason) = (status, task.StatusReason ?? care.StatusReason);
        care.LastModifiedElement = task.LastModifiedElement ?? new FhirDateTime(session.Now);
        await session.Resources.Update(message.Access, care);
        var plan = await CarePlans.Of(session, message.Access, care);
        CarePlans.Follow(plan, status);
        await session.Resources.Update(message.Access, plan);
        await Revoke(care, status);
        List<FhirTask> beside = [.. await new JourneyTasks(session, message.Access).CloseBeside(care, status)];
        if (await new FollowUps(session, message.Access).Release(plan, status) is { } followUp)
            beside.Add(followUp);
        if (Handoff.HasLeft(care))
            await Handoff.Withdraw(session, message.Access, care);
        return new MessageResult.Accepted([care, plan, .. beside]);
    }

    private async Task Revoke(FhirTask care, TaskStatus status)
    {
        if (care.Focus?.TryGetLocal(out _, out var id) != true
            || await session.Resources.Get<ServiceRequest>(message.Access, id) is not { } request)
            return;
        request.Status = status is TaskStatus.EnteredInError ? RequestStatus.EnteredInError : RequestStatus.Revoked;
        await session.Resources.Update(message.Access, request);
    }
}
