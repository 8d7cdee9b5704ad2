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
/// <param name="served">The types that this base has, which a search may reach through references.</param>
/// <param name="lenient">
/// Leave out parameters that this base does not know. Otherwise they are faults: leaving one out widens the search
/// behind the client's back.
/// </param>
internal sealed class SearchReader(string type, string root, IReadOnlySet<string> served, bool lenient)
{
    // More would be a burden on the database, which has limits of its own.
    private const int MostClauses = 50, MostValues = 500;

    private readonly List<FhirIssue> issues = [];
    private readonly List<SearchClause> clauses = [];
    private readonly List<Include> includes = [];
    private readonly List<SearchInput> used = [];
    private SearchQuery query = new(type);
    private int values;

    public SearchReading Read(IEnumerable<SearchInput> inputs)
    {
        foreach (var input in inputs.Where(input => input.Key != "_format")) Read(input);
        if (clauses.Count + includes.Count > MostClauses || values > MostValues)
        {
            issues.Add(Refusal.Issue(IssueType.TooCostly, "",
                $"A search takes up to {MostClauses} parameters and {MostValues} values."));
        }

        return new SearchReading(query with { Clauses = clauses, Includes = includes }, used, issues);
    }

    private void Read(SearchInput input)
    {
        var key = SearchKey.Of(input.Key);
        if (input.InAddress && IsForPostOnly(key, input))
        {
            Fault(input.Key, IssueType.BusinessRule,
                "This search names what must not stand in an address: use POST _search.");
        }
        else if (SearchControls.Knows(key.Name)) Control(input);
        else if (SearchIncludes.Knows(key.Name)) Include(input);
        else if (key.Name == SearchKey.Has) Has(key, input);
        else if (SearchParameters.Find(type, key.Name) is not { } parameter) Unknown(input);
        else if (key.Inner is { } inner) Chain(parameter, key.Modifier, inner, input);
        else Take(input, Clause(parameter, key.Modifier, input));
    }

    // What is asked of another type names as much as what is asked of this one.
    private bool IsForPostOnly(SearchKey key, SearchInput input) => key.Inner is { } inner
        ? served.Any(target => SearchPrivacy.IsForPostOnly(target, inner.Name, input))
        : SearchPrivacy.IsForPostOnly(type, key.Name, input);

    private void Include(SearchInput input)
    {
        if (SearchIncludes.Read(type, served, input, out var fault) is not { } include)
            Fault(input.Key, IssueType.NotSupported, fault);
        else
        {
            includes.Add(include);
            used.Add(input);
        }
    }

    // http://hl7.org/fhir/R4/search.html#chaining
    private void Chain(IndexedParameter parameter, string modifier, SearchKey inner, SearchInput input)
    {
        var targets = served.Where(target => parameter.MayPointTo(target) && (modifier.Length == 0 || modifier == target)
            && SearchParameters.Find(target, inner.Name) is not null).ToList();
        if (parameter.Kind != IndexKind.Reference || inner.Inner is not null || targets.Count == 0) Unknown(input);
        else
        {
            var chained = targets.Select(target => (Type: target, Clause: Clause(
                SearchParameters.Find(target, inner.Name)!, inner.Modifier, input))).ToList();
            Take(input, chained.Any(target => target.Clause is null)
                ? null
                : new SearchClause.Chain(
                    parameter.Code, [.. chained.Select(target => new Target(target.Type, target.Clause!))]));
        }
    }

    // http://hl7.org/fhir/R4/search.html#has
    private void Has(SearchKey key, SearchInput input)
    {
        var (from, by) = key.Modifier.Split(':') is [var one, var two] ? (one, two) : ("", "");
        if (served.Contains(from) && key.Inner is { Inner: null } inner && SearchParameters.Find(from, inner.Name) is { } own
            && SearchParameters.Find(from, by) is { Kind: IndexKind.Reference } reference && reference.MayPointTo(type))
        {
            Take(input, Clause(own, inner.Modifier, input) is { } clause
                ? new SearchClause.Has(from, by, clause)
                : null);
        }
        else Unknown(input);
    }

    private void Unknown(SearchInput input)
    {
        if (!lenient)
            Fault(input.Key, IssueType.NotSupported, $"This base does not search {type} by that parameter.");
    }

    private void Take(SearchInput input, SearchClause? clause)
    {
        if (clause is null) return;
        clauses.Add(clause);
        used.Add(input);
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

    // Null with a fault where the value is none; leniently, none is left out without one.
    private SearchClause? Clause(IndexedParameter parameter, string modifier, SearchInput input)
    {
        if (input.Value.Length == 0)
        {
            if (!lenient) Fault(input.Key, IssueType.Value, "The parameter has no value.");
            return null;
        }

        if (input.Value.Any(char.IsControl))
        {
            Fault(input.Key, IssueType.Value, "The value has a control character.");
            return null;
        }

        var clause = SearchValues.Read(parameter, modifier, input.Value, root, out var count, out var issue);
        values += count;
        if (clause is null) issues.Add(issue! with { Expression = $"http.{SearchPrivacy.NameOnly(input.Key)}" });
        return clause;
    }

    private void Fault(string key, IssueType code, string message) =>
        issues.Add(Refusal.Issue(code, $"http.{SearchPrivacy.NameOnly(key)}", message));
}
