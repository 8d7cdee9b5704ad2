namespace ServiceKit.Storage;

/// <summary>A token or reference to look for.</summary>
/// <param name="System">The system (token) or resource type (reference); null = any, "" = explicitly none.</param>
/// <param name="Value">The code, identifier value or resource id as the index holds it; null = any of that system.</param>
public sealed record TokenValue(string? System, string? Value);

/// <summary>One condition of a search. The values of one clause are alternatives; all clauses must hold.</summary>
public abstract record SearchClause(string Param)
{
    /// <summary>Codes, identifiers, booleans. <paramref name="Not"/> turns the condition round (<c>:not</c>).</summary>
    public sealed record Token(string Param, IReadOnlyList<TokenValue> Values, bool Not = false) : SearchClause(Param);

    /// <summary>References to resources by type and id.</summary>
    public sealed record Reference(string Param, IReadOnlyList<TokenValue> Values) : SearchClause(Param);

    /// <summary>Addresses, compared as they are.</summary>
    public sealed record Uri(string Param, IReadOnlyList<string> Values) : SearchClause(Param);

    /// <summary>
    /// Strings as they were sent: the start of a value or a part of it (<c>:contains</c>), both folded, or all of it with
    /// case and marks (<c>:exact</c>).
    /// </summary>
    public sealed record Text(string Param, IReadOnlyList<string> Values, TextMatch Match) : SearchClause(Param);

    /// <summary>Dates as intervals, bounds in microseconds, both inside.</summary>
    public sealed record Date(string Param, IReadOnlyList<DateValue> Values) : SearchClause(Param);

    /// <summary>Whether the parameter finds anything at all (<c>:missing</c>).</summary>
    public sealed record Missing(string Param, bool IsMissing) : SearchClause(Param);

    /// <summary>References to resources that match themselves (chained), one condition for each type of these.</summary>
    public sealed record Chain(string Param, IReadOnlyList<Target> Targets) : SearchClause(Param);

    /// <summary>
    /// That a resource of <paramref name="Type"/> points here with <paramref name="Param"/> and matches itself
    /// (<c>_has</c>).
    /// </summary>
    public sealed record Has(string Type, string Param, SearchClause Clause) : SearchClause(Param);
}

/// <summary>Resources of one type that match a condition.</summary>
public sealed record Target(string Type, SearchClause Clause);

/// <summary>Resources that come along with the matches.</summary>
/// <param name="Type">The type that has the reference.</param>
/// <param name="Param">The search parameter that is the reference; null for any.</param>
/// <param name="Target">The only type that it may point to; null for any.</param>
/// <param name="Reverse">Those that point to a match, rather than those that a match points to.</param>
public sealed record Include(string Type, string? Param, string? Target, bool Reverse);

/// <summary>How a string is compared.</summary>
public enum TextMatch
{
    /// <summary>The value starts with it.</summary>
    Start,

    /// <summary>The value is it, to the letter.</summary>
    Exact,

    /// <summary>The value has it somewhere.</summary>
    Contains,
}

/// <summary>A date to compare with: <paramref name="Comparator"/> is a prefix of R4 such as <c>eq ge lt</c>.</summary>
public sealed record DateValue(string Comparator, long Low, long High);

/// <summary>A search for resources of one type.</summary>
public sealed record SearchQuery(string Type)
{
    /// <summary>No page is longer than this.</summary>
    public const int MostAtOnce = 1000;

    public IReadOnlyList<SearchClause> Clauses { get; init; } = [];

    /// <summary>How many matches a page holds.</summary>
    public int Count { get; init; } = 50;

    /// <summary>Where the page before this ended; null for the first.</summary>
    public PageMark? After { get; init; }

    /// <summary>Only count, give no matches (<c>_summary=count</c>).</summary>
    public bool CountOnly { get; init; }

    /// <summary>Tell how many there are in all (<c>_total=accurate</c>).</summary>
    public bool WithTotal { get; init; }

    /// <summary>What comes along with each page.</summary>
    public IReadOnlyList<Include> Includes { get; init; } = [];

    /// <summary>The oldest first instead of the newest (<c>_sort=_lastUpdated</c>).</summary>
    public bool OldestFirst { get; init; }

    /// <summary>Whether one statement answers it.</summary>
    public bool AsksOnce => CountOnly || (!WithTotal && Includes.Count == 0);
}

/// <summary>The last match of a page: the next page starts behind it, whatever is stored meanwhile.</summary>
public sealed record PageMark(long LastUpdated, string Id);

/// <summary>One page of a search.</summary>
/// <param name="Matches">The matches in order.</param>
/// <param name="Total">How many there are in all, where that was asked for.</param>
/// <param name="Next">Where the next page starts; null at the end.</param>
public sealed record SearchPage(IReadOnlyList<StoredResource> Matches, long? Total, PageMark? Next)
{
    /// <summary>What came along, each once and none that is a match.</summary>
    public IReadOnlyList<StoredResource> Included { get; init; } = [];

    /// <summary>All that it shows.</summary>
    public IEnumerable<StoredResource> All => Matches.Concat(Included);

    /// <summary>Whether more would have come along than a page takes.</summary>
    public bool LeavesOut { get; init; }
}
