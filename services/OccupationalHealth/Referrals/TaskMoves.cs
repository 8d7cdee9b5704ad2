using Fhir;

namespace OccupationalHealth.Referrals;

/// <summary>Who may set a status: the one who asks, or the one who owns the Task.</summary>
internal enum TaskSide { Requester, Owner }

/// <summary>
/// The closed table of what a Task may become, and by whom. Codes: http://hl7.org/fhir/R4/codesystem-task-status.html;
/// sides as in Gravity SDOH Clinical Care (STU3).
/// </summary>
internal static class TaskMoves
{
    private static readonly (TaskStatus From, TaskSide Side, TaskStatus[] To)[] Table =
    [
        (TaskStatus.Draft, TaskSide.Requester, [TaskStatus.Requested, TaskStatus.Cancelled]),
        (TaskStatus.Requested, TaskSide.Owner, [TaskStatus.Received, TaskStatus.Accepted, TaskStatus.Rejected]),
        (TaskStatus.Received, TaskSide.Owner, [TaskStatus.Accepted, TaskStatus.Rejected]),
        (TaskStatus.Accepted, TaskSide.Owner, [TaskStatus.InProgress, TaskStatus.OnHold, TaskStatus.Failed]),
        (TaskStatus.InProgress, TaskSide.Owner, [TaskStatus.OnHold, TaskStatus.Completed, TaskStatus.Failed]),
        (TaskStatus.OnHold, TaskSide.Owner, [TaskStatus.InProgress, TaskStatus.Failed]),
        (TaskStatus.Requested, TaskSide.Requester, [TaskStatus.Cancelled]),
        (TaskStatus.Received, TaskSide.Requester, [TaskStatus.Cancelled]),
        (TaskStatus.Accepted, TaskSide.Requester, [TaskStatus.Cancelled]),
        (TaskStatus.InProgress, TaskSide.Requester, [TaskStatus.Cancelled]),
        (TaskStatus.OnHold, TaskSide.Requester, [TaskStatus.Cancelled]),
    ];

    public static bool IsAllowed(TaskStatus? from, TaskStatus? to, TaskSide side) =>
        from is not null && to is not null
        && ((to is TaskStatus.EnteredInError && side is TaskSide.Requester && from is not TaskStatus.EnteredInError)
            || Table.Any(row => row.From == from && row.Side == side && row.To.Contains(to.Value)));

    /// <summary>Nobody has acted in time: whoever has the Task sees it first from now on.</summary>
    public static void Escalate(FhirTask task, RequestPriority priority, DateTimeOffset now)
    {
        task.Priority = priority;
        task.BusinessStatus = new CodeableConcept(Terms.BusinessStatusSystem, Terms.BusinessStatus.Escalated);
        task.LastModifiedElement = new FhirDateTime(now);
    }

    public static bool IsOpen(TaskStatus? status) => status is not (TaskStatus.Rejected or TaskStatus.Cancelled
        or TaskStatus.Failed or TaskStatus.Completed or TaskStatus.EnteredInError);
}
