using System.Globalization;
using System.Text;
using Fhir;
using Fhir.Json;
using Messages;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>Reads search parameters: http://hl7.org/fhir/R4/search.html. Every fault is listed.</summary>
public static class SearchParser
{
    // Parameters whose value names a diagnosis or an employer go by POST only, since addresses end up in logs.
    private static readonly HashSet<(string Type, string Param)> PostOnly =
    [
        ("Condition", "code"), ("Condition", "evidence"), ("Contract", "subject"), ("Coverage", "payor"),
        ("ServiceRequest", "code"), ("Observation", "value-concept"), ("Observation", "combo-value-concept"),
    ];

    /// <summary>
    /// The query, and the faults found. Unknown parameters are faults, unless <paramref name="lenient"/>: ignoring one
    /// would widen the search behind the client's back.
    /// </summary>
    public static (SearchQuery Query, IReadOnlyList<FhirIssue> Issues) Parse(
        string type, IReadOnlyList<(string Key, string Value)> parameters, bool byPost, bool lenient)
    {
        var query = new SearchQuery(type);
        var clauses = new List<SearchClause>();
        var issues = new List<FhirIssue>();
        foreach (var (key, value) in parameters)
        {
            if (key == "_format") continue;
            try
            {
                if (Control(query, key, value) is { } changed) query = changed;
                else if (Clause(type, key, value, byPost) is { } clause) clauses.Add(clause);
                else if (!lenient) throw new FormatException($"This base does not search {type} by that parameter.");
            }
            catch (FormatException fault)
            {
                issues.Add(Refusal.Issue(IssueType.NotSupported, $"http.{NameOnly(key)}", fault.Message));
            }
        }

        return (query with { Clauses = clauses }, issues);
    }

    // Names of parameters are the client's text too: only what looks like one is repeated.
    private static string NameOnly(string key) =>
        key.Length <= 40 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or ':' or '.') ? key : "name";

    private static SearchQuery? Control(SearchQuery query, string key, string value) => key switch
    {
        "_count" => query with
        {
            Count = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                ? Math.Min(count, SearchQuery.MostAtOnce)
                : value.Length > 9 && value.All(char.IsAsciiDigit) ? SearchQuery.MostAtOnce
                : throw new FormatException("_count must be a whole number."),
        },
        "_summary" => value switch
        {
            "count" => query with { CountOnly = true },
            "false" => query,
            _ => throw new FormatException("Only _summary=count is supported."),
        },
        "_total" => query with { WithTotal = value is "accurate" or "estimate" },
        "_sort" => value switch
        {
            "_lastUpdated" => query with { OldestFirst = true },
            "-_lastUpdated" => query,
            _ => throw new FormatException("Only _sort=_lastUpdated and _sort=-_lastUpdated are supported."),
        },
        "_after" => query with { After = SearchLinks.ReadMark(value) },
        _ => null,
    };

    private static SearchClause? Clause(string type, string key, string value, bool byPost)
    {
        var (name, modifier) = key.Split(':', 2) is [var head, var tail] ? (head, tail) : (key, "");
        if (SearchParameters.Find(type, name) is not { } parameter) return null;
        if (!byPost && (PostOnly.Contains((type, name)) || value.Contains(Systems.IdentityCode + "|", StringComparison.Ordinal)))
            throw new FormatException("This search names what must not stand in an address: use POST _search.");
        if (modifier == "missing") return new SearchClause.Missing(name, value == "true");
        var values = SplitValues(value);
        return parameter.Kind switch
        {
            IndexKind.Token when modifier is "" or "not" =>
                new SearchClause.Token(name, [.. values.Select(Token)], modifier == "not"),
            IndexKind.Reference when modifier == "" || char.IsAsciiLetterUpper(modifier[0]) =>
                new SearchClause.Reference(name, [.. values.SelectMany(text => References(parameter, text, modifier))]),
            IndexKind.Text when modifier is "" or "exact" or "contains" => new SearchClause.Text(
                name, [.. values.Select(FoldedText.Fold)],
                modifier switch { "exact" => TextMatch.Exact, "contains" => TextMatch.Contains, _ => TextMatch.Start }),
            IndexKind.Date when modifier == "" => new SearchClause.Date(name, [.. values.Select(Date)]),
            _ => throw new FormatException("This parameter does not take that modifier."),
        };
    }

    // Commas separate alternatives; a backslash takes the next character as it is.
    private static List<string> SplitValues(string value)
    {
        var result = new List<string>();
        var current = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length) current.Append(value[++i]);
            else if (value[i] != ',') current.Append(value[i]);
            else
            {
                result.Add(current.ToString());
                current.Clear();
            }
        }

        result.Add(current.ToString());
        return result;
    }

    private static TokenValue Token(string text) => text.Split('|', 2) switch
    {
        [var system, ""] => new TokenValue(system, null),
        [var system, var code] => new TokenValue(system, code),
        _ => new TokenValue(null, text),
    };

    private static IEnumerable<TokenValue> References(IndexedParameter parameter, string text, string type)
    {
        var parts = text.Split('/');
        if (text.StartsWith("urn:", StringComparison.Ordinal) || (parts.Length > 1 && parts[^2].Contains(':')))
            return [new TokenValue("", text)];
        if (parts.Length >= 2) return [new TokenValue(parts[^2], parts[^1])];
        return type.Length > 0
            ? [new TokenValue(type, text)]
            : parameter.Targets.Select(target => new TokenValue(target, text));
    }

    private static DateValue Date(string text)
    {
        var comparator = text.Length > 2 && char.IsAsciiLetter(text[0]) ? text[..2] : "eq";
        if (comparator is not ("eq" or "ne" or "lt" or "le" or "gt" or "ge" or "sa" or "eb" or "ap"))
            throw new FormatException("The date begins with an unknown prefix.");
        var date = new FhirDateTime(text[(char.IsAsciiLetter(text[0]) ? 2 : 0)..]);
        return DateInterval.Of(date) is { } interval
            ? new DateValue(comparator, Micros.From(interval.Start), Micros.From(interval.End))
            : throw new FormatException("The value must be a date such as 2026-05 or 2026-05-01T08:00:00Z.");
    }
}
