namespace OccupationalHealth.WorkAbility;

/// <summary>An absence as a certificate or an employer tells it; both days are inside.</summary>
public sealed record AbsenceSpell(DateOnly First, DateOnly Last, bool Partial = false);

/// <summary>An absence without a gap, of however many certificates.</summary>
public sealed record AbsenceRun(DateOnly First, DateOnly Last)
{
    public int Days => Last.DayNumber - First.DayNumber + 1;
}

/// <summary>
/// The days of several spells: a day that two of them tell is one day, and absent in full where one of them says so.
/// </summary>
public sealed class AbsenceDays
{
    private readonly SortedDictionary<DateOnly, bool> isPartial = [];

    public AbsenceDays(IEnumerable<AbsenceSpell> spells)
    {
        foreach (var spell in spells)
            for (var day = spell.First; day <= spell.Last; day = day.AddDays(1))
                isPartial[day] = spell.Partial && isPartial.GetValueOrDefault(day, true);
        Runs = [.. FindRuns()];
    }

    public IReadOnlyCollection<DateOnly> All => isPartial.Keys;

    public IReadOnlyList<AbsenceRun> Runs { get; }

    /// <summary>
    /// The days for which Kela pays: the weekdays of each run but its onset day and the weekdays of own liability.
    /// </summary>
    public IEnumerable<DateOnly> Allowance(int ownLiabilityWeekdays, bool withPartial)
    {
        foreach (var run in Runs)
        {
            var own = ownLiabilityWeekdays;
            for (var day = run.First.AddDays(1); day <= run.Last; day = day.AddDays(1))
                if (FinnishHolidays.IsWeekday(day) && own-- <= 0 && (withPartial || !isPartial[day]))
                    yield return day;
        }
    }

    private IEnumerable<AbsenceRun> FindRuns()
    {
        AbsenceRun? run = null;
        foreach (var day in isPartial.Keys)
        {
            if (run is not null && run.Last.AddDays(1) != day)
                yield return run;
            run = run is not null && run.Last.AddDays(1) == day ? run with { Last = day } : new AbsenceRun(day, day);
        }

        if (run is not null)
            yield return run;
    }
}
