namespace IpsCoaching.Figures;

/// <summary>What is reckoned of many numbers; null of none.</summary>
internal static class Statistics
{
    public static decimal? Median(IReadOnlyCollection<decimal> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? null : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2m;
    }

    public static decimal? Mean(IReadOnlyCollection<decimal> values) =>
        values.Count == 0 ? null : values.Sum() / values.Count;
}
