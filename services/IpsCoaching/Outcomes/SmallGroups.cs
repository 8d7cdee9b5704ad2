namespace IpsCoaching.Outcomes;

/// <summary>
/// Hides small groups so that they cannot be reckoned from what is shown: beside a small part of a whole as much more is
/// hidden as it takes, at last the whole. Pure. Source: domain.md §3.1; nobody shows nobody, so that nought is shown.
/// </summary>
public static class SmallGroups
{
    public static bool IsSmall(int people, int least) => people > 0 && people < least;

    /// <summary>Which parts of a whole are shown, and whether the whole is.</summary>
    /// <param name="parts">The people of each part; together they are the whole.</param>
    /// <param name="whole">The people of the whole; someone may belong to several parts.</param>
    public static (IReadOnlyList<bool> Parts, bool Whole) Show(IReadOnlyList<int> parts, int whole, int least)
    {
        if (IsSmall(whole, least)) return ([.. parts.Select(_ => false)], false);
        var shown = parts.Select(people => !IsSmall(people, least)).ToArray();
        while (Hidden().Any() && (Hidden().Count() < 2 || Hidden().Sum() < least))
        {
            var next = Enumerable.Range(0, parts.Count).Where(i => shown[i] && parts[i] > 0).ToList();
            if (next.Count == 0) return (shown, false);
            shown[next.MinBy(i => parts[i])] = false;
        }

        return (shown, true);

        IEnumerable<int> Hidden() => parts.Where((_, i) => !shown[i]);
    }
}
