using System.Globalization;
using Fhir;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>A search parameter as it was sent.</summary>
/// <param name="Key">Its name, perhaps with a modifier.</param>
/// <param name="Value">What is looked for.</param>
/// <param name="InAddress">Whether it stands in the address, which ends up in logs on its way.</param>
internal readonly record struct SearchInput(string Key, string Value, bool InAddress);

/// <summary>What a search means: the query, the parameters that were used for it, and every fault found.</summary>
internal sealed record SearchReading(
    SearchQuery Query, IReadOnlyList<SearchInput> Used, IReadOnlyList<FhirIssue> Issues);

/// <summary>Reads search parameters: http://hl7.org/fhir/R4/search.html. Every fault is listed.</summary>
/// <param name="type">The resource type that is searched.</param>
/// <param name="root">The absolute address of this base, under which references are local.</param>
/// <param name="lenient">
/// Leave out parameters that this base does not know. Otherwise they are faults: leaving one out widens the search
/// behind the client's back.
/// </param>
internal sealed class SearchReader(string type, string root, bool lenient)
{
    // More would be a burden on the database, which has limits of its own.
    private const int MostClauses = 50, MostValues = 500;

    private readonly List<FhirIssue> issues = [];
    private readonly List<SearchClause> clauses = [];
    private readonly List<SearchInput> used = [];
    private SearchQuery query = new(type);
    private int values;

    public SearchReading Read(IEnumerable<SearchInput> inputs)
    {
        foreach (var input in inputs.Where(input => input.Key != "_format")) Read(input);
        if (clauses.Count > MostClauses || values > MostValues)
        {
            issues.Add(Refusal.Issue(IssueType.TooCostly, "",
                $"A search takes up to {MostClauses} parameters and {MostValues} values."));
        }

        return new SearchReading(query with { Clauses = clauses }, used, issues);
    }

    private void Read(SearchInput input)
    {
        var (name, modifier) = input.Key.Split(':', 2) is [var head, var tail] ? (head, tail) : (input.Key, "");
        if (input.InAddress && SearchPrivacy.IsForPostOnly(type, name, input))
        {
            Fault(input.Key, IssueType.BusinessRule,
                "This search names what must not stand in an address: use POST _search.");
        }
        else if (SearchControls.Knows(name)) Control(input);
        else if (SearchParameters.Find(type, name) is { } parameter) Clause(parameter, modifier, input);
        else if (!lenient) Fault(input.Key, IssueType.NotSupported, WhyUnknown(name));
    }

    private void Control(SearchInput input)
    {
        if (SearchControls.Apply(query, input.Key, input.Value, out var fault) is { } changed)
        {
            query = changed;
            used.Add(input);
        }
        else Fault(input.Key, IssueType.Value, fault);
    }

    private void Clause(IndexedParameter parameter, string modifier, SearchInput input)
    {
        if (input.Value.Length == 0)
        {
            if (!lenient) Fault(input.Key, IssueType.Value, "The parameter has no value.");
            return;
        }

        if (input.Value.Any(char.IsControl))
        {
            Fault(input.Key, IssueType.Value, "The value has a control character.");
            return;
        }

        var clause = SearchValues.Read(parameter, modifier, input.Value, root, out var count, out var issue);
        values += count;
        if (clause is null) issues.Add(issue! with { Expression = $"http.{SearchPrivacy.NameOnly(input.Key)}" });
        else
        {
            clauses.Add(clause);
            used.Add(input);
        }
    }

    private string WhyUnknown(string name) => name switch
    {
        "_include" or "_revinclude" => "Including other resources in a search is not supported.",
        "_has" => "Searching by what points to a resource is not supported.",
        _ when name.Contains('.', StringComparison.Ordinal) => "Chained parameters are not supported.",
        _ => $"This base does not search {type} by that parameter.",
    };

    private void Fault(string key, IssueType code, string message) =>
        issues.Add(Refusal.Issue(code, $"http.{SearchPrivacy.NameOnly(key)}", message));
}

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
