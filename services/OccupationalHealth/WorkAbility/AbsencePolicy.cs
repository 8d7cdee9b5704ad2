namespace OccupationalHealth.WorkAbility;

/// <param name="Insurance">By what the worker is insured.</param>
/// <param name="Accumulated">The parties count separate absences together for the 30 days.</param>
public sealed record AbsenceTerms(Insurance Insurance = Insurance.Employee, bool Accumulated = false);

/// <summary>Something that is due in an absence.</summary>
/// <param name="Code">Of the rule, or <see cref="AbsencePolicy.ContactBeforeEnd"/>.</param>
/// <param name="Opens">The day from which it is to be done.</param>
/// <param name="Due">The day on which its days are full, if the absence goes on until then.</param>
/// <param name="CoveredFrom">What was done of the same kind and was due from this day on needs no repetition.</param>
/// <param name="Parties">Who takes part.</param>
/// <param name="IfNeeded">Nobody has to act on it.</param>
public sealed record Checkpoint(
    string Code, DateOnly Opens, DateOnly Due, DateOnly CoveredFrom, IReadOnlyList<Party> Parties, bool IfNeeded = false);

/// <summary>
/// Counts absences and tells what is due. No I/O, no clock. The counting is that of domain rows 6 to 12: calendar days
/// for 30, Kela's allowance days within the rolling two years for all others.
/// </summary>
public static class AbsencePolicy
{
    public const string ContactBeforeEnd = "contact-before-end";

    /// <summary>Kela's allowance days in the window that ends with a day.</summary>
    public static int AllowanceDays(
        IEnumerable<AbsenceSpell> spells, DateOnly day, AbsenceTerms terms, WorkAbilityRules rules,
        bool withPartial = false) =>
        Within(new AbsenceDays(spells).Allowance(rules.OwnLiabilityWeekdays[terms.Insurance], withPartial),
            day.AddYears(-rules.WindowYears), day);

    /// <summary>
    /// What is due of the absences that last today or later. Whoever is back at work before it was told is asked for
    /// nothing.
    /// </summary>
    public static IReadOnlyList<Checkpoint> Due(
        IReadOnlyList<AbsenceSpell> spells, DateOnly today, AbsenceTerms terms, WorkAbilityRules rules)
    {
        var days = new AbsenceDays(spells);
        var running = days.Runs.Where(run => run.Last >= today).ToList();
        if (running.Count == 0)
            return [];
        var concerning = rules.Checkpoints.Where(rule => rule.SelfEmployed || terms.Insurance is Insurance.Employee);
        return
        [
            .. concerning.SelectMany(rule => rule.Count is DayCount.Calendar && !terms.Accumulated
                ? Continuous(rule, running)
                : Counted(rule, spells, running[^1].Last, terms, rules)),
            .. running.Where(run => run.Days >= rules.ContactBeforeEnd.LeastDays)
                .Select(run => Contact(run, rules.ContactBeforeEnd)),
        ];
    }

    /// <summary>Whether something that was due on a day was due indeed: the absence lasted, and was not corrected.</summary>
    public static bool Holds(
        string code, DateOnly due, IReadOnlyList<AbsenceSpell> spells, AbsenceTerms terms, WorkAbilityRules rules)
    {
        var days = new AbsenceDays(spells);
        if (rules.Checkpoints.FirstOrDefault(rule => rule.Code == code) is not { } rule)
            return days.Runs.Any(run => run.First <= due && due <= run.Last);
        return rule.Count is DayCount.Calendar && !terms.Accumulated
            ? days.Runs.Any(run => run.First.AddDays(rule.Days - 1) <= due && due <= run.Last)
            : CountOn(rule, days, due, terms, rules) >= rule.Days;
    }

    private static IEnumerable<Checkpoint> Continuous(CheckpointRule rule, IEnumerable<AbsenceRun> runs) => runs
        .Where(run => run.Days >= rule.Days - rule.LeadDays)
        .Select(run => new Checkpoint(
            rule.Code, run.First.AddDays(rule.Days - rule.LeadDays - 1), run.First.AddDays(rule.Days - 1), run.First,
            rule.Parties, rule.IfNeeded));

    // Opened as soon as so many days are certified, and due when all are full if the absence goes on.
    private static IEnumerable<Checkpoint> Counted(
        CheckpointRule rule, IReadOnlyList<AbsenceSpell> spells, DateOnly until, AbsenceTerms terms,
        WorkAbilityRules rules)
    {
        var certified = new AbsenceDays(spells);
        var opens = until;
        if (!IsOpen(until))
            yield break;
        while (IsOpen(opens.AddDays(-1)))
            opens = opens.AddDays(-1);

        // Six weekdays a week, and a few holidays.
        var last = until.AddDays(rule.LeadDays * 2 + 30);
        var goingOn = new AbsenceDays([.. spells, new AbsenceSpell(until.AddDays(1), last)]);
        for (var day = opens; day <= last; day = day.AddDays(1))
        {
            if (CountOn(rule, goingOn, day, terms, rules) < rule.Days)
                continue;
            yield return new Checkpoint(
                rule.Code, opens, day, WindowStart(rule, day, rules), rule.Parties, rule.IfNeeded);
            yield break;
        }

        bool IsOpen(DateOnly day) => CountOn(rule, certified, day, terms, rules) >= rule.Days - rule.LeadDays;
    }

    private static Checkpoint Contact(AbsenceRun run, ContactRule rule)
    {
        var due = run.Last.AddDays(-rule.LeadDays);
        if (due < run.First)
            due = run.First;
        return new Checkpoint(ContactBeforeEnd, run.First, due, due, [Party.Employee, Party.OccupationalHealth]);
    }

    private static int CountOn(
        CheckpointRule rule, AbsenceDays days, DateOnly day, AbsenceTerms terms, WorkAbilityRules rules) => Within(
        rule.Count is DayCount.Calendar
            ? days.All
            : days.Allowance(rules.OwnLiabilityWeekdays[terms.Insurance], rule.Partial),
        WindowStart(rule, day, rules), day);

    private static DateOnly WindowStart(CheckpointRule rule, DateOnly day, WorkAbilityRules rules) =>
        rule.Count is DayCount.Calendar ? day.AddMonths(-rules.AccumulatedMonths) : day.AddYears(-rules.WindowYears);

    private static int Within(IEnumerable<DateOnly> days, DateOnly after, DateOnly until) =>
        days.Count(day => day > after && day <= until);
}
