namespace IpsCoaching.EmploymentStatus;

/// <summary>What a person's relation to work is. Source: IHE PCC ODH 1.0.1, value set v3-employmentStatusODH.</summary>
public enum WorkStatus
{
    Employed,
    Unemployed,
    NotInLaborForce,
}

/// <summary>One status with the days on which it held, both included; it holds still while there is no end.</summary>
public sealed record StatusPeriod(string Id, WorkStatus Status, DateOnly Start, DateOnly? End);

/// <summary>
/// A person's statuses, one after the other: periods never overlap, the newest is open, nothing is overwritten. Pure.
/// The order in which statuses arrive means nothing: each holds until the day before the next one begins, and who is
/// told of them puts them in order by their first days too.
/// </summary>
/// <param name="periods">In any order; without those that were entered in error.</param>
public sealed class EmploymentHistory(IEnumerable<StatusPeriod> periods)
{
    /// <summary>The oldest first.</summary>
    public IReadOnlyList<StatusPeriod> Periods { get; } = [.. periods.OrderBy(period => period.Start)];

    /// <summary>A status is reported that holds from a day on; the former one ends on the day before.</summary>
    public StatusChange Report(string id, WorkStatus status, DateOnly start, DateOnly today)
    {
        if (Periods.FirstOrDefault(period => period.Start == start && period.Status == status) is { } same)
            return new StatusChange.Unchanged(same);
        var objections = Objections(start, today).ToList();
        if (objections.Count > 0) return new StatusChange.Refused(objections);
        var former = Periods.LastOrDefault(period => period.Start < start);
        var next = Periods.FirstOrDefault(period => period.Start > start);
        return new StatusChange.Begun(
            new StatusPeriod(id, status, start, next?.Start.AddDays(-1)), former is null ? null : former with
            {
                End = start.AddDays(-1),
            });
    }

    /// <summary>A status turns out to be wrong; the one before it goes on as if nothing had been reported.</summary>
    public StatusChange Withdraw(string id)
    {
        if (Periods.LastOrDefault() is not { } newest || newest.Id != id)
            return new StatusChange.Refused([StatusObjection.NewerExists]);
        return new StatusChange.Withdrawn(newest, Periods.Count > 1 ? Periods[^2] with { End = null } : null);
    }

    /// <summary>The history after a change.</summary>
    public EmploymentHistory After(StatusChange change) => change switch
    {
        StatusChange.Begun(var opened, null) => new EmploymentHistory([.. Periods, opened]),
        StatusChange.Begun(var opened, var closed) => new EmploymentHistory([.. Without(closed.Id), closed, opened]),
        StatusChange.Withdrawn(var wrong, null) => new EmploymentHistory(Without(wrong.Id)),
        StatusChange.Withdrawn(var wrong, var reopened) =>
            new EmploymentHistory([.. Without(wrong.Id).Where(period => period.Id != reopened.Id), reopened]),
        _ => this,
    };

    private IEnumerable<StatusPeriod> Without(string id) => Periods.Where(period => period.Id != id);

    private IEnumerable<StatusObjection> Objections(DateOnly start, DateOnly today)
    {
        if (start > today) yield return StatusObjection.InTheFuture;
        if (Periods.Any(period => period.Start == start)) yield return StatusObjection.SameDayOtherStatus;
    }
}
