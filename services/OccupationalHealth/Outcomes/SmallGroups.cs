namespace OccupationalHealth.Outcomes;

/// <summary>
/// Which counts are not told, so that no group smaller than a limit can be seen, nor be found by taking the others from
/// their sum. Pure. It guards every sum by itself; what several sums or several reports give together it does not
/// solve.
/// </summary>
public static class SmallGroups
{
    /// <param name="sums">Wholes with the parts that add up to them.</param>
    /// <param name="beforehand">What is hidden elsewhere and must not be told here.</param>
    public static IReadOnlySet<TKey> Hidden<TKey>(
        IReadOnlyDictionary<TKey, int> counts, IReadOnlyList<(TKey Whole, IReadOnlyList<TKey> Parts)> sums,
        int smallest, IEnumerable<TKey>? beforehand = null) where TKey : notnull
    {
        HashSet<TKey> hidden =
        [
            .. beforehand ?? [],
            .. counts.Where(one => one.Value > 0 && one.Value < smallest).Select(one => one.Key),
        ];
        for (var before = -1; before != hidden.Count;)
        {
            before = hidden.Count;
            foreach (var (whole, parts) in sums)
            {
                // What belongs to a hidden group is hidden with it, also that there is nobody.
                if (hidden.Contains(whole)) hidden.UnionWith(parts);
                else Complement(counts, hidden, parts, smallest);
            }
        }

        return hidden;
    }

    // The hidden parts of a whole that is told are known together: there are two or more of them, and they are enough.
    private static void Complement<TKey>(
        IReadOnlyDictionary<TKey, int> counts, HashSet<TKey> hidden, IReadOnlyList<TKey> parts, int smallest)
        where TKey : notnull
    {
        while (true)
        {
            var dark = parts.Where(part => hidden.Contains(part) && counts[part] > 0).ToList();
            if (dark.Count == 0 || (dark.Count > 1 && dark.Sum(part => counts[part]) >= smallest)) return;
            var light = parts.Where(part => !hidden.Contains(part) && counts[part] > 0).ToList();
            if (light.Count == 0) return;
            hidden.Add(light.MinBy(part => counts[part])!);
        }
    }
}
