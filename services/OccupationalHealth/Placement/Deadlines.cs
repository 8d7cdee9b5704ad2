namespace OccupationalHealth.Placement;

/// <summary>
/// The time limits of the place of care, counted from the day the need is found. Capacity moves none of them.
/// </summary>
internal static class Deadlines
{
    public static IReadOnlyList<Deadline> For(PlacementFacts facts, CareOption chosen, PlacementRules rules) =>
    [
        .. rules.Deadlines.Where(rule => Applies(rule, facts, chosen, rules))
            .Select(rule => new Deadline(rule.Kind, LastDay(rule, facts), rule.Binding))
            .OrderBy(deadline => deadline.By),
    ];

    /// <summary>A wait beyond a binding limit is said, so that somebody acts on it.</summary>
    public static CareOption Warn(CareOption chosen, PlacementFacts facts, PlacementRules rules)
    {
        if (chosen.ExpectedStart is not { } start || LimitOf(chosen, facts, rules) is not { } limit || !(start > limit))
            return chosen;
        return chosen with
        {
            Exceeds = limit,
            Reasons = Later.Of((chosen, limit), static from => from.chosen.Reasons.Append(
                Reasons.WaitExceedsDeadline.On(from.limit).At(from.chosen.Place, from.chosen.ContractId))),
        };
    }

    // The first day by which care itself has to have begun.
    private static DateOnly? LimitOf(CareOption chosen, PlacementFacts facts, PlacementRules rules)
    {
        DateOnly? first = null;
        for (var i = 0; i < rules.Deadlines.Count; i++)
        {
            var rule = rules.Deadlines[i];
            if (!(rule.Binding && rule.IsOfCareItself && Applies(rule, facts, chosen, rules)))
                continue;
            var day = LastDay(rule, facts);
            if (!(day >= first)) first = day;
        }

        return first;
    }

    private static bool Applies(DeadlineRule rule, PlacementFacts facts, CareOption chosen, PlacementRules rules) =>
        rule.Place == chosen.Place && IsForAge(rule, facts)
        && (rule.Kind is not DeadlineKind.TherapyGuarantee || IsGuaranteed(chosen, rules));

    private static DateOnly LastDay(DeadlineRule rule, PlacementFacts facts) =>
        facts.AsOf.AddMonths(rule.Months).AddDays(rule.Days);

    // A limit for the young only is not shown for somebody whose age is not known; it is named as missing.
    private static bool IsForAge(DeadlineRule rule, PlacementFacts facts)
    {
        if (rule is { MinAge: null, MaxAge: null })
            return true;
        return (facts.AgeWhenNeedFound ?? facts.Age) is { } age
            && age >= (rule.MinAge ?? age) && age <= (rule.MaxAge ?? age);
    }

    // The need has to be one of that very treatment, not of an assessment.
    private static bool IsGuaranteed(CareOption chosen, PlacementRules rules) =>
        rules.FindingStartsTherapyGuarantee
        && chosen.Method is { } method && rules.Method(method).TimeLimitedTherapy;
}
