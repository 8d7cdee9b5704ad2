using System.Globalization;

namespace ServiceKit.Storage;

/// <summary>Writes the conditions of one search as SQL. Values only ever travel as parameters.</summary>
internal sealed class SearchSql(Session session, Access access)
{
    private readonly Dictionary<string, object?> values = new()
    {
        ["Tenant"] = access.Tenant, ["Organisation"] = access.Organisation,
    };

    private int aliases;

    /// <summary>The parameters of what was written so far.</summary>
    public object Values => values;

    /// <summary>That whoever asks sees the resource of an alias.</summary>
    public static string Visible(Session session, Access access, string resource) => access.OwnOnly
        ? $"""
        (exists (select 1 from resource_access a
            where a.type = {resource}.type and a.id = {resource}.id and a.organisation = @Organisation)
            or {resource}.tenant = @Tenant and {resource}.type in ({session.OpenTypes}))
        """
        : $"""
        ({resource}.tenant = @Tenant or exists (select 1 from resource_access a
            where a.type = {resource}.type and a.id = {resource}.id and a.organisation = @Organisation))
        """;

    private string Visible(string resource) => Visible(session, access, resource);

    /// <summary>
    /// Whether a condition finds few by itself: what has an identifier or points somewhere. Looking through all of a
    /// type for it, the newest first, would take the longer the more there is.
    /// </summary>
    public static bool FindsFew(SearchClause clause) => clause switch
    {
        SearchClause.Reference => true,
        SearchClause.Token { Not: false } => clause.Param.EndsWith("identifier", StringComparison.Ordinal),
        SearchClause.Chain chain => chain.Targets.All(target => FindsFew(target.Clause)),
        _ => false,
    };

    /// <summary>Takes a value and gives the name under which it travels.</summary>
    public string Parameter(object? value)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"p{values.Count}");
        values[name] = value;
        return "@" + name;
    }

    /// <summary>Selects the ids of what matches one condition that has rows in the index.</summary>
    public string Ids(SearchClause clause, string type)
    {
        var s = Alias("s");
        return $"select {s}.id from search_index {s} where {s}.type = {Parameter(type)} and {Rows(clause, type, s)}";
    }

    /// <summary>Selects type and id of what resources point to.</summary>
    public string PointedToBy(Include include, IReadOnlyList<string> ids) =>
        $"""
        select distinct s.system as type, s.value as id from search_index s
        where s.type = {Parameter(include.Type)} and {OneOf("s.id", ids)} and {References(include)}
            and {(include.Target is { } target ? $"s.system = {Parameter(target)}" : "s.system is not null")}
        """;

    /// <summary>Selects type and id of what points to resources.</summary>
    public string PointingTo(Include include, string type, IReadOnlyList<string> ids) =>
        $"""
        select distinct s.type, s.id from search_index s
        where s.type = {Parameter(include.Type)} and {References(include)}
            and s.system = {Parameter(type)} and {OneOf("s.value", ids)}
        """;

    /// <summary>A test of the resource under an alias.</summary>
    public string Condition(SearchClause clause, string type, string r)
    {
        if (clause is SearchClause.Has has) return Has(has, type, r);
        if (clause.Param is SearchParameters.Id or SearchParameters.LastUpdated)
            return Negated(clause) + $"({Test(clause, ColumnsOfResource(r))})";
        var s = Alias("s");
        return Negated(clause) + $"""
            exists (select 1 from search_index {s}
                where {s}.type = {r}.type and {s}.id = {r}.id and {Rows(clause, type, s)})
            """;
    }

    private static string Negated(SearchClause clause) =>
        clause is SearchClause.Token { Not: true } or SearchClause.Missing { IsMissing: true } ? "not " : "";

    private string Alias(string letter) => string.Create(CultureInfo.InvariantCulture, $"{letter}{++aliases}");

    // The rows of the index that a condition is about.
    private string Rows(SearchClause clause, string type, string s) =>
        $"{Under(clause.Param, type, s)} and ({Test(clause, new($"{s}.system", $"{s}.value", $"{s}.original", $"{s}.low", $"{s}.high"))})";

    private string Under(string param, string type, string s)
    {
        var suffix = param.EndsWith(IndexExtractor.ByIdentifier, StringComparison.Ordinal)
            ? IndexExtractor.ByIdentifier
            : "";
        var parameter = SearchParameters.Find(type, param[..^suffix.Length]);
        var under = OneOf($"{s}.param", [.. (parameter?.StandsUnder ?? [param]).Select(name => name + suffix)]);
        // Who is named by an identifier alone may be of any type.
        return parameter?.OnlyType is { } only && suffix.Length == 0
            ? $"{under} and {s}.system = {Parameter(only)}"
            : under;
    }

    private string References(Include include) => include.Param is { } param
        ? Under(param, include.Type, "s")
        : OneOf("s.param", [.. SearchParameters.ReferencesOf(include.Type)
            .SelectMany(parameter => parameter.StandsUnder).Distinct()]);

    private string Has(SearchClause.Has has, string type, string r)
    {
        var (s, x) = (Alias("s"), Alias("r"));
        return $"""
            exists (select 1 from search_index {s} join resource {x} on {x}.type = {s}.type and {x}.id = {s}.id
                where {s}.type = {Parameter(has.Type)} and {Under(has.Param, has.Type, s)}
                    and {s}.system = {Parameter(type)} and {s}.value = {r}.id and {Visible(x)}
                    and {Condition(has.Clause, has.Type, x)})
            """;
    }

    private static Columns ColumnsOfResource(string r) =>
        new("null", $"{r}.id", "null", $"{r}.last_updated", $"{r}.last_updated");

    private string Test(SearchClause clause, Columns columns) => clause switch
    {
        SearchClause.Token token => Tokens(token.Values, columns),
        SearchClause.Reference reference => Tokens(reference.Values, columns),
        SearchClause.Uri uri => OneOf(columns.Value, uri.Values),
        SearchClause.Text text => Any(text.Values, value => Text(value, text.Match, columns)),
        SearchClause.Date date => Any(date.Values, value => Date(value, columns)),
        SearchClause.Chain chain => Any(chain.Targets, target => Chained(target, columns)),
        SearchClause.Missing => "1 = 1",
        _ => throw new InvalidOperationException($"No SQL for {clause.GetType().Name}."),
    };

    // Only by way of what is seen: nothing shows whether another's resource matches.
    private string Chained(Target target, Columns columns)
    {
        var x = Alias("r");
        var condition = FindsFew(target.Clause)
            ? $"{x}.id in ({Ids(target.Clause, target.Type)})"
            : Condition(target.Clause, target.Type, x);
        var type = Parameter(target.Type);
        return $"""
            {columns.System} = {type} and {columns.Value} in (select {x}.id from resource {x}
                where {x}.type = {type} and {Visible(x)} and {condition})
            """;
    }

    // Halved again and again: SQLite takes no expression that is a thousand deep.
    private static string Any<T>(IReadOnlyList<T> values, Func<T, string> test)
    {
        string Part(int from, int to) => (to - from) switch
        {
            0 => "1 = 0",
            1 => $"({test(values[from])})",
            var many => $"({Part(from, from + many / 2)} or {Part(from + many / 2, to)})",
        };

        return Part(0, values.Count);
    }

    private string Tokens(IReadOnlyList<TokenValue> tokens, Columns columns)
    {
        var groups = tokens.GroupBy(token => (token.System, HasValue: token.Value is not null)).ToList();
        return Any(groups, group =>
        {
            var (system, hasValue) = group.Key;
            if (system is null)
                return OneOf(
                    columns.Value, [.. group.SelectMany(token => session.Keys.AnySystem(token.Value ?? ""))]);
            var test = system.Length > 0
                ? $"{columns.System} = {Parameter(system)}"
                : $"({columns.System} is null or {columns.Original} = '{IndexExtractor.ImpliedSystem}')";
            if (!hasValue) return test;
            return $"{test} and "
                + OneOf(columns.Value, [.. group.Select(token => session.Keys.Value(system, token.Value!))]);
        });
    }

    // One value is compared as one: for a list, databases that know nothing of the data yet choose odd ways.
    private string OneOf(string column, IReadOnlyList<string> wanted) => wanted is [var one]
        ? $"{column} = {Parameter(one)}"
        : $"{column} {session.Dialect.Among(Parameter(wanted.ToArray()))}";

    private string Text(string text, TextMatch match, Columns columns)
    {
        var folded = FoldedText.Fold(text);
        if (match == TextMatch.Exact)
            return $"{columns.Value} = {Parameter(folded)} and {columns.Original} = {Parameter(text)}";
        var escaped = folded.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
        return $"{columns.Value} like {Parameter(match == TextMatch.Contains ? $"%{escaped}%" : $"{escaped}%")} escape '\\'";
    }

    // Comparators of R4 search on intervals: http://hl7.org/fhir/R4/search.html#prefix. With le and ge a value that only
    // overlaps matches too, which R4 leaves out: a contract that ends today is in force today (ge).
    private string Date(DateValue date, Columns columns)
    {
        var (low, high) = (columns.Low, columns.High);
        string From() => Parameter(date.Low);
        string To() => Parameter(date.High);
        return date.Comparator switch
        {
            "eq" => $"{low} >= {From()} and {high} <= {To()}",
            "ne" => $"{low} < {From()} or {high} > {To()}",
            "lt" => $"{low} < {From()}",
            "le" => $"{low} <= {To()}",
            "gt" => $"{high} > {To()}",
            "ge" => $"{high} >= {From()}",
            "sa" => $"{low} > {To()}",
            "eb" => $"{high} < {From()}",
            "ap" => $"{low} <= {To()} and {high} >= {From()}",
            _ => throw new InvalidOperationException($"No SQL for the date prefix '{date.Comparator}'."),
        };
    }

    /// <summary>Where the values that are compared stand.</summary>
    private sealed record Columns(string System, string Value, string Original, string Low, string High);
}
