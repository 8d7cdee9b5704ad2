namespace Messages;

/// <summary>A number or a list of a rules file, with the first day on which it holds and where it comes from.</summary>
public sealed record Dated<T>(DateOnly From, string Source, T Value);

/// <summary>Rules that change on a day.</summary>
public static class DatedValues
{
    /// <summary>What holds on a day. Before the first day the first value holds: nothing may fail on a missing rule.</summary>
    public static T InForceOn<T>(this IReadOnlyList<Dated<T>> values, DateOnly date) =>
        (values.Where(value => value.From <= date).MaxBy(value => value.From) ?? values.MinBy(value => value.From)!)
        .Value;
}
