namespace OccupationalHealth.Placement;

/// <summary>
/// The time limits of the place of care, counted from the day the need is found. Capacity moves none of them.
/// </summary>
internal static class Deadlines
{
    public static IReadOnlyList<Deadline> For(PlacementFacts facts, CareOption chosen, PlacementRules rules) =>
    [
        .. rules.Deadlines.Where(rule => rule.Place == chosen.Place && IsForAge(rule, facts))
            .Where(rule => rule.Kind is not DeadlineKind.TherapyGuarantee || IsGuaranteed(chosen, rules))
            .Select(rule => new Deadline(
                rule.Kind, facts.AsOf.AddMonths(rule.Months).AddDays(rule.Days), rule.Binding))
            .OrderBy(deadline => deadline.By),
    ];

    /// <summary>A wait beyond a binding limit is said, so that somebody acts on it.</summary>
    public static CareOption Warn(CareOption chosen, IReadOnlyList<Deadline> deadlines)
    {
        if (chosen.ExpectedStart is null)
            return chosen;
        var limit = deadlines.Where(deadline => deadline.Binding && deadline.Kind is
            DeadlineKind.AccessToCare or DeadlineKind.TherapyGuarantee or DeadlineKind.Treatment).FirstOrDefault();
        return limit is null || !(chosen.ExpectedStart > limit.By)
            ? chosen
            : chosen with
            {
                Exceeds = limit.By,
                Reasons = new Later<Reason>(() =>
                [
                    .. chosen.Reasons,
                    Reasons.WaitExceedsDeadline.On(limit.By).At(chosen.Place, chosen.ContractId),
                ]),
            };
    }

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
