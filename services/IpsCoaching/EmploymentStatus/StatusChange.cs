namespace IpsCoaching.EmploymentStatus;

/// <summary>What becomes of a history when something is reported.</summary>
public abstract record StatusChange
{
    private StatusChange()
    {
    }

    /// <summary>
    /// A status begins, and ends before the next one when that is known already; <paramref name="Closed"/> is the
    /// former with its end, null if there is none.
    /// </summary>
    public sealed record Begun(StatusPeriod Opened, StatusPeriod? Closed) : StatusChange;

    /// <summary>It was known: nothing changes.</summary>
    public sealed record Unchanged(StatusPeriod Known) : StatusChange;

    /// <summary>A status was wrong; <paramref name="Reopened"/> goes on instead, null when there is none.</summary>
    public sealed record Withdrawn(StatusPeriod Wrong, StatusPeriod? Reopened) : StatusChange;

    /// <summary>It cannot be; every objection is listed.</summary>
    public sealed record Refused(IReadOnlyList<StatusObjection> Objections) : StatusChange;
}

/// <summary>Why a status cannot be taken into a history.</summary>
/// <param name="ContradictsHistory">True when it fails by what is stored, false when it could never be.</param>
/// <param name="Remedy">What is wrong and what to do, without anything personal.</param>
public sealed record StatusObjection(bool ContradictsHistory, string Remedy)
{
    public static StatusObjection InTheFuture { get; } = new(false,
        "The status begins after today: report it when it holds.");

    public static StatusObjection SameDayOtherStatus { get; } = new(true,
        "Another status begins on the same day: set that one to entered-in-error first if it is wrong.");

    public static StatusObjection NewerExists { get; } = new(true,
        "Only the newest status can be withdrawn: set the newer ones to entered-in-error first.");
}
