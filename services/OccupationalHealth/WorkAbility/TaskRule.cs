using Fhir;
using Messages;
using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;
using OccupationalHealth.Triage;
using ServiceKit.Rest;

namespace OccupationalHealth.WorkAbility;

/// <summary>
/// Tasks come by messages. Whoever owns one tells here how it goes on: its status, why, and what came of it; nothing
/// else of a Task changes. A Task that was handed over is told of by its region only.
/// </summary>
public sealed class TaskRule : IWriteRule<FhirTask>
{
    public async Task<Refusal?> Check(Write<FhirTask> write, CancellationToken cancel)
    {
        if (write.Current is not { } current)
            return new Refusal(405, "SEND_METHOD_NOT_ALLOWED",
                [Refusal.Issue(IssueType.NotSupported, "Task", "Tasks come by messages, not by create.")]);

        var proposed = write.Proposed;
        if (!SameButProgress(current, proposed))
            return Refusal.Illegal("Task",
                "Only status, statusReason, businessStatus, note, output, executionPeriod and lastModified change.");
        if (current.Status != proposed.Status)
        {
            if (IsElsewhere(current))
                return Refusal.Conflict("Task.status", "The region that took over tells how this Task goes on.");
            if (!TaskMoves.IsAllowed(current.Status, proposed.Status, TaskSide.Owner)
                && !TaskMoves.IsAllowed(current.Status, proposed.Status, TaskSide.Requester))
                return Refusal.Conflict("Task.status",
                    $"A Task that is {current.Status?.GetLiteral()} cannot become {proposed.Status?.GetLiteral()}.");
        }

        if (!TaskMoves.IsOpen(proposed.Status))
            await write.Session.Timers.Cancel(SafetyReviewDue.Kind, current.TypeName, current.Id!);
        if (proposed.Status is TaskStatus.Completed && SafetyReviewDue.IsOpenReview(current))
            await new SafetyReviews(write.Session, write.Access).Close(current);
        return null;
    }

    private static bool IsElsewhere(FhirTask task) =>
        task.Code?.Has(Systems.TaskKind, TaskKinds.Care) == true
        && !task.PerformerType.Exists(type => type.Has(Terms.CarePlace, CarePlace.OccupationalHealth.Code()));

    private static bool SameButProgress(FhirTask current, FhirTask proposed)
    {
        var (one, other) = (current.Clone(), proposed.Clone());
        foreach (var task in new[] { one, other })
        {
            (task.Meta, task.Text, task.StatusElement, task.StatusReason) = (null, null, null, null);
            (task.BusinessStatus, task.LastModifiedElement, task.ExecutionPeriod) = (null, null, null);
            (task.Note, task.Output) = ([], []);
        }

        return one.DeepEquals(other);
    }
}
