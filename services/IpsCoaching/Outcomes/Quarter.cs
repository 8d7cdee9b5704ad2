namespace IpsCoaching.Outcomes;

/// <summary>A quarter of a calendar year.</summary>
public readonly record struct Quarter(int Year, int Number)
{
    public DateOnly From => new(Year, Number * 3 - 2, 1);

    /// <summary>The last day.</summary>
    public DateOnly To => From.AddMonths(3).AddDays(-1);

    public static Quarter Of(DateOnly day) => new(day.Year, (day.Month + 2) / 3);

    /// <summary>The quarters of a period; null where it is not made of whole ones.</summary>
    public static IReadOnlyList<Quarter>? Between(DateOnly from, DateOnly to)
    {
        if (Of(from).From != from || Of(to).To != to) return null;
        List<Quarter> all = [];
        for (var quarter = Of(from); quarter.From <= to; quarter = Of(quarter.To.AddDays(1))) all.Add(quarter);
        return all;
    }

    public override string ToString() => FormattableString.Invariant($"{Year}-Q{Number}");
}
