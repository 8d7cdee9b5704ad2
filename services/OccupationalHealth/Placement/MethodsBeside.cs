namespace OccupationalHealth.Placement;

/// <summary>
/// Methods that go beside the care: help with alcohol, a job coach, Kela's psychotherapy. None of them decides where
/// care is given, and none excludes anybody from it.
/// </summary>
internal static class MethodsBeside
{
    private const string Ips = "ips";

    public static IReadOnlyList<MethodBeside> For(PlacementFacts facts, PlacementRules rules) =>
        [.. List(facts, rules).DistinctBy(beside => beside.Method)];

    private static IEnumerable<MethodBeside> List(PlacementFacts facts, PlacementRules rules)
    {
        if (AlcoholBand(facts, rules) is { Method: { } help } band)
            yield return new(help, [Reasons.AlcoholBand.Counting(band.AtLeast)]);
        if (facts.WorkIsGoal)
            yield return new(Ips, [Reasons.WorkIsTheGoal]);
        if (facts.MethodAskedFor is not { } asked || !rules.Method(asked).BesideCare)
            yield break;

        yield return new(asked, asked == PsychotherapyReadiness.Method ? Readiness(facts, rules) : [Reasons.MethodAskedFor]);
    }

    private static ScoreBand? AlcoholBand(PlacementFacts facts, PlacementRules rules) => facts.Scores
        .Where(score => score.Instrument == "audit")
        .Select(score => rules.Alcohol.LastOrDefault(band => score.Total >= band.AtLeast))
        .MaxBy(band => band?.AtLeast);

    private static IReadOnlyList<Reason> Readiness(PlacementFacts facts, PlacementRules rules)
    {
        var missing = PsychotherapyReadiness.Missing(facts.Psychotherapy, facts.Age, facts.AsOf, rules);
        return [Reasons.MethodAskedFor, .. missing.Count > 0 ? missing : [Reasons.PsychotherapyReady]];
    }
}
