using System.Globalization;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>The parameters that shape a page rather than choose resources.</summary>
internal static class SearchControls
{
    /// <summary>Where a page starts; only our own next links have it.</summary>
    public const string Mark = "_after";

    public static bool Knows(string name) => name is "_count" or "_summary" or "_total" or "_sort" or Mark;

    /// <summary>The query with the parameter applied, or null and why not.</summary>
    public static SearchQuery? Apply(SearchQuery query, string key, string value, out string fault)
    {
        fault = key switch
        {
            "_count" => "_count must be a whole number.",
            "_summary" => "Only _summary=count and _summary=false are supported.",
            "_total" => "_total must be none, estimate or accurate.",
            "_sort" => "Only _sort=_lastUpdated and _sort=-_lastUpdated are supported.",
            Mark => "_after must come from a next link.",
            _ => "This parameter takes no modifier.",
        };
        return (key, value) switch
        {
            ("_count", _) => Count(query, value),
            ("_summary", "count") => query with { CountOnly = true },
            ("_summary", "false") => query,
            ("_total", "none") => query with { WithTotal = false },
            ("_total", "estimate" or "accurate") => query with { WithTotal = true },
            ("_sort", "_lastUpdated") => query with { OldestFirst = true },
            ("_sort", "-_lastUpdated") => query with { OldestFirst = false },
            (Mark, _) => SearchLinks.ReadMark(value) is { } mark ? query with { After = mark } : null,
            _ => null,
        };
    }

    // R4: _count=0 asks for the number only. A number beyond all bounds is capped like any other.
    private static SearchQuery? Count(SearchQuery query, string value)
    {
        if (value.Length == 0 || !value.All(char.IsAsciiDigit)) return null;
        var count = int.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
        return count == 0
            ? query with { CountOnly = true }
            : query with { Count = Math.Min(count, SearchQuery.MostAtOnce) };
    }
}
