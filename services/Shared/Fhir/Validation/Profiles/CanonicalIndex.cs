namespace Fhir.Validation;

/// <summary>Resources by `url` and `url|version`; the bare URL means the highest version.</summary>
internal sealed class CanonicalIndex<T>(Func<T, (string? Url, string? Version)> name) where T : class
{
    private readonly Dictionary<string, T> _byCanonical = new(StringComparer.Ordinal);

    public void Add(T item)
    {
        var (url, version) = name(item);
        if (url is null) return;
        if (version is not null) _byCanonical[$"{url}|{version}"] = item;
        if (!_byCanonical.TryGetValue(url, out var other) || Order(name(other).Version, version) <= 0)
            _byCanonical[url] = item;
    }

    public T? Find(string canonical) => _byCanonical.GetValueOrDefault(canonical);

    // Numbers as numbers, so that 1.10 follows 1.9; a pre-release comes before its release.
    private static int Order(string? left, string? right)
    {
        var (a, b) = (Parts(left), Parts(right));
        for (var i = 0; i < Math.Max(a.Length, b.Length); i++)
        {
            if (i == a.Length) return char.IsAsciiLetter(b[i][0]) ? 1 : -1;
            if (i == b.Length) return char.IsAsciiLetter(a[i][0]) ? -1 : 1;
            var order = int.TryParse(a[i], out var x) && int.TryParse(b[i], out var y)
                ? x.CompareTo(y)
                : string.CompareOrdinal(a[i], b[i]);
            if (order != 0) return order;
        }
        return 0;
    }

    private static string[] Parts(string? version) =>
        (version ?? "").Split(['.', '-', '+'], StringSplitOptions.RemoveEmptyEntries);
}
