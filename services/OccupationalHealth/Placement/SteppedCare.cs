namespace OccupationalHealth.Placement;

/// <summary>Stepped care: the least intensive method that fits; one step up when earlier care did not help.</summary>
internal static class SteppedCare
{
    public static MethodChoice Choose(
        CarePlace place, PlacementFacts facts, Need need, PlacementRules rules, Func<MethodRule, bool> isCovered)
    {
        // What goes beside the care leaves open how the care itself is given: see MethodsBeside.
        if (facts.MethodAskedFor is not { } asked || rules.Method(asked).BesideCare)
            return LeastIntensive(place, facts, need, rules, isCovered);

        // The professional's choice stands, except where the method is not meant for the person's age.
        var rule = rules.Method(asked);
        if (rule.IsForAge(facts.Age))
            return new(rule, new Later<Reason>(() => [Reasons.MethodAskedFor, .. Doubts(rule, facts, need)]));

        var other = LeastIntensive(place, facts, need, rules, isCovered);
        return other with { Reasons = [Reasons.MethodNotForAge, .. other.Reasons] };
    }

    private static MethodChoice LeastIntensive(
        CarePlace place, PlacementFacts facts, Need need, PlacementRules rules, Func<MethodRule, bool> isCovered)
    {
        if (need.Level is null or CareLevel.Level1)
            return MethodChoice.LeftToTheUnit;

        List<MethodRule> ladder = [];
        foreach (var step in rules.StepsAt(place))
            if (step.Fits(facts, need))
                ladder.Add(step);
        var stepsUp = facts.EarlierResponse is EarlierResponse.Poor && ladder.Count > 1;
        if (stepsUp)
            ladder.RemoveAt(0);

        var rule = ladder.FirstOrDefault(isCovered) ?? ladder.FirstOrDefault();
        return rule is null
            ? MethodChoice.LeftToTheUnit
            : new(rule, new Later<Reason>(() =>
            [
                stepsUp ? Reasons.StepUpAfterPoorResponse : Reasons.LeastIntensiveMethod, .. Doubts(rule, facts, need),
            ]));
    }

    private static IEnumerable<Reason> Doubts(MethodRule rule, PlacementFacts facts, Need need)
    {
        if (!rule.IsForSeverity(need.Severity))
            yield return Reasons.MethodNotForSeverity;
        if (!rule.IsForEpisode(facts, need))
            yield return Reasons.MethodForFirstEpisode;
        if (!rule.MayBegin(facts))
            yield return Reasons.ExpertAfterAssessment;
    }
}

/// <param name="Rule">Null where the unit chooses.</param>
/// <param name="Reasons">Why this method.</param>
internal sealed record MethodChoice(MethodRule? Rule, IReadOnlyList<Reason> Reasons)
{
    public static readonly MethodChoice LeftToTheUnit = new(null, [Placement.Reasons.MethodLeftToTheUnit]);
}
