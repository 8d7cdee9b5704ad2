using TaskStatus = Fhir.TaskStatus;

namespace RegionHandoff.Handoffs;

/// <summary>The two sides of a handoff; each sets its own statuses and no others.</summary>
public enum Side
{
    /// <summary>Occupational health, who asks.</summary>
    Requester,

    /// <summary>The region, who owns the Task.</summary>
    Owner,
}

/// <summary>
/// The closed table of what a handoff's Task may become, and by whom. Sources: R4's task status codes, and who may set
/// which as in Gravity SDOH Clinical Care (STU3); <c>received</c> is used, since there is a queue in between.
/// </summary>
public static class HandoffState
{
    private static readonly (TaskStatus From, TaskStatus[] To, Side By)[] Table =
    [
        (TaskStatus.Draft, [TaskStatus.Requested, TaskStatus.Cancelled], Side.Requester),
        (TaskStatus.Requested, [TaskStatus.Received, TaskStatus.Accepted, TaskStatus.Rejected], Side.Owner),
        (TaskStatus.Received, [TaskStatus.Accepted, TaskStatus.Rejected], Side.Owner),
        (TaskStatus.Accepted, [TaskStatus.InProgress, TaskStatus.OnHold, TaskStatus.Failed], Side.Owner),
        (TaskStatus.InProgress, [TaskStatus.OnHold, TaskStatus.Completed, TaskStatus.Failed], Side.Owner),
        (TaskStatus.OnHold, [TaskStatus.InProgress, TaskStatus.Failed], Side.Owner),
        (TaskStatus.Requested, [TaskStatus.Cancelled], Side.Requester),
        (TaskStatus.Received, [TaskStatus.Cancelled], Side.Requester),
        (TaskStatus.Accepted, [TaskStatus.Cancelled], Side.Requester),
        (TaskStatus.InProgress, [TaskStatus.Cancelled], Side.Requester),
        (TaskStatus.OnHold, [TaskStatus.Cancelled], Side.Requester),
    ];

    private static readonly TaskStatus[] OfOwner =
    [
        TaskStatus.Received, TaskStatus.Accepted, TaskStatus.Rejected, TaskStatus.InProgress, TaskStatus.OnHold,
        TaskStatus.Failed, TaskStatus.Completed,
    ];

    private static readonly TaskStatus[] OfRequester =
        [TaskStatus.Draft, TaskStatus.Requested, TaskStatus.Cancelled, TaskStatus.EnteredInError];

    /// <summary>Whether a status is the side's to set, whatever the status before.</summary>
    public static bool IsOf(Side side, TaskStatus status) =>
        (side == Side.Owner ? OfOwner : OfRequester).Contains(status);

    /// <summary>Whether the side may move a Task from one status to another.</summary>
    public static bool MayMove(TaskStatus from, TaskStatus to, Side by) =>
        (to == TaskStatus.EnteredInError && by == Side.Requester && from != TaskStatus.EnteredInError)
        || Table.Any(row => row.From == from && row.By == by && row.To.Contains(to));

    /// <summary>Nothing can follow, except that the whole was an error.</summary>
    public static bool IsEnd(TaskStatus status) => status is TaskStatus.Rejected or TaskStatus.Cancelled
        or TaskStatus.Failed or TaskStatus.Completed or TaskStatus.EnteredInError;
}
