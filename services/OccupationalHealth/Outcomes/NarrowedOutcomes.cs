namespace OccupationalHealth.Outcomes;

/// <summary>
/// The report of one method or county. It tells nothing that the report of all methods or counties hides: otherwise
/// whoever asks for the counties one by one finds by subtraction the small one that is hidden among them. Pure.
/// </summary>
public static class NarrowedOutcomes
{
    public static IReadOnlyList<Stratum> Of(
        IReadOnlyList<EpisodeFact> facts, string? method, string? region, ChangeLimits limits, int smallest)
    {
        HashSet<string> hidden = [];
        if (method is not null)
            hidden.UnionWith(HiddenIn(Of(facts, null, region, limits, smallest), OutcomePolicy.Method, method));
        if (region is not null)
            hidden.UnionWith(HiddenIn(Of(facts, method, null, limits, smallest), OutcomePolicy.Region, region));
        return OutcomePolicy.Count(
            [.. facts.Where(fact =>
                (method is null || fact.Method == method) && (region is null || fact.Region == region))],
            limits, smallest, hidden);
    }

    private static IEnumerable<string> HiddenIn(IReadOnlyList<Stratum> strata, string dimension, string value) => strata
        .Where(stratum => stratum.Dimension == dimension && stratum.Value == value)
        .SelectMany(stratum => stratum.Counts.Where(count => count.Value is null).Select(count => count.Key));
}
