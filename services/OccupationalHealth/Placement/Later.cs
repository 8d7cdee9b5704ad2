using System.Collections;

namespace OccupationalHealth.Placement;

/// <summary>
/// A list that is made when it is first read. What explains a decision is read of the few that somebody looks at; those
/// that are only counted go without.
/// </summary>
internal sealed class Later<T, TFrom>(TFrom from, Func<TFrom, IEnumerable<T>> make) : IReadOnlyList<T>
{
    private IReadOnlyList<T>? made;

    // Made of values that do not change, so that it does not matter who makes it, nor how often.
    private IReadOnlyList<T> Made => made ??= [.. make(from)];

    public int Count => Made.Count;

    public T this[int index] => Made[index];

    public IEnumerator<T> GetEnumerator() => Made.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

internal static class Later
{
    /// <param name="from">All that the list is made of: with a static function beside it, it is all that is held.</param>
    public static IReadOnlyList<T> Of<T, TFrom>(TFrom from, Func<TFrom, IEnumerable<T>> make) =>
        new Later<T, TFrom>(from, make);
}
