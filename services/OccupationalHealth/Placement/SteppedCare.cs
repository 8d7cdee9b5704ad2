namespace OccupationalHealth.Placement;

/// <summary>Stepped care: the least intensive method that fits; one step up when earlier care did not help.</summary>
internal static class SteppedCare
{
    /// <param name="contract">Under which the method would be given; null where the region gives it.</param>
    public static MethodChoice Choose(
        CarePlace place, ContractScope? contract, PlacementFacts facts, Need need, PlacementRules rules)
    {
        // What goes beside the care leaves open how the care itself is given: see MethodsBeside.
        var asked = facts.MethodAskedFor is { } code ? rules.Method(code) : null;
        if (asked is null || asked.BesideCare)
            return LeastIntensive(place, contract, facts, need, rules);

        // The professional's choice stands, except where the method is not meant for the person's age.
        return asked.IsForAge(facts.Age)
            ? new(asked, Reasons.MethodAskedFor)
            : LeastIntensive(place, contract, facts, need, rules) with { IsInsteadOfAsked = true };
    }

    private static MethodChoice LeastIntensive(
        CarePlace place, ContractScope? contract, PlacementFacts facts, Need need, PlacementRules rules)
    {
        if (need.Level is null or CareLevel.Level1)
            return MethodChoice.LeftToTheUnit;

        var steps = rules.StepsAt(place);
        Span<int> ladder = stackalloc int[steps.Length];
        var height = 0;
        for (var step = 0; step < steps.Length; step++)
            if (steps[step].Fits(facts, need))
                ladder[height++] = step;
        var stepsUp = facts.EarlierResponse is EarlierResponse.Poor && height > 1;
        ladder = ladder[(stepsUp ? 1 : 0)..height];
        if (ladder.Length == 0)
            return MethodChoice.LeftToTheUnit;

        var rule = FirstCovered(steps, ladder, contract, facts) ?? steps[ladder[0]];
        return new(rule, stepsUp ? Reasons.StepUpAfterPoorResponse : Reasons.LeastIntensiveMethod);
    }

    private static MethodRule? FirstCovered(
        ReadOnlySpan<MethodRule> steps, ReadOnlySpan<int> ladder, ContractScope? contract, PlacementFacts facts)
    {
        foreach (var step in ladder)
            if (contract is null || contract.Allows(steps[step], facts))
                return steps[step];
        return null;
    }
}

/// <param name="Rule">Null where the unit chooses.</param>
/// <param name="Why">Why this method.</param>
/// <param name="IsInsteadOfAsked">The method asked for is not meant for the person's age.</param>
internal readonly record struct MethodChoice(MethodRule? Rule, Reason Why, bool IsInsteadOfAsked = false)
{
    public static MethodChoice LeftToTheUnit => new(null, Placement.Reasons.MethodLeftToTheUnit);

    public IEnumerable<Reason> Reasons(PlacementFacts facts, Need need)
    {
        if (IsInsteadOfAsked)
            yield return Placement.Reasons.MethodNotForAge;
        yield return Why;
        if (Rule is not { } rule)
            yield break;
        if (!rule.IsForSeverity(need.Severity))
            yield return Placement.Reasons.MethodNotForSeverity;
        if (!rule.IsForEpisode(facts, need))
            yield return Placement.Reasons.MethodForFirstEpisode;
        if (!rule.MayBegin(facts))
            yield return Placement.Reasons.ExpertAfterAssessment;
    }
}
