using Fhir;
using Messages;
using OccupationalHealth.Referrals;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// The last day of a checkpoint is over and nobody has done it: it is escalated at its unit, unless the absence ended
/// before.
/// </summary>
public sealed class CheckpointDue : ITimerHandler
{
    public const string Kind = "absence-checkpoint";

    internal static Task Watch(Session session, FhirTask task, DateOnly due) =>
        session.Timers.Set(Kind, task.TypeName, task.Id!, FinnishTime.EndOf(due).AddSeconds(1));

    public async Task Due(TimerRow timer, Access access, Session session, CancellationToken cancel)
    {
        if (await session.Resources.Get<FhirTask>(access, timer.ResourceId) is not { For: { } person } seen
            || !person.TryGetLocal(out var type, out var id)
            || !seen.Owner!.TryGetLocal(out _, out var owner)
            || await session.Resources.Get<Organization>(access, owner) is not { } unit)
            return;
        await session.Lock(access, type, id);
        var task = (await session.Resources.Get<FhirTask>(access, timer.ResourceId))!;
        if (!TaskMoves.IsOpen(task.Status))
            return;
        var checkpoints = new AbsenceCheckpoints(session, access, unit);
        if (!await checkpoints.Holds(task, id))
        {
            await checkpoints.Cancel(task);
            return;
        }

        // Where it is needed only if somebody says so, nobody is late.
        if (task.Intent is TaskIntent.Proposal)
            return;
        TaskMoves.Escalate(task, RequestPriority.Asap, session.Now);
        await session.Resources.Update(access, task);
    }
}
