using System.Globalization;

namespace ServiceKit.Storage;

/// <summary>Writes the conditions of one search as SQL. Values only ever travel as parameters.</summary>
internal sealed class SearchSql(Session session, Access access)
{
    private readonly Dictionary<string, object?> values = new()
    {
        ["Tenant"] = access.Tenant, ["Organisation"] = access.Organisation,
    };

    private const int Many = 2;

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
    /// Which condition a search begins with: the one that finds the fewest by what can be known of it. Null where all of
    /// the type are looked through, the newest first.
    /// </summary>
    public SearchClause? Begin(string type, IReadOnlyList<SearchClause> clauses) => clauses
        .Select(clause => (Clause: clause, Rank: Rank(clause, type), IsInOrder: Keys(clause, type) is [_]))
        .Where(one => one.Rank < Many || one.IsInOrder).OrderBy(one => one.Rank).ThenByDescending(one => one.IsInOrder)
        .Select(one => one.Clause).FirstOrDefault();

    // An identifier finds one, a reference some.
    private int Rank(SearchClause clause, string type) => clause switch
    {
        SearchClause.Token when Keys(clause, type) is not [] && IsOfIdentifiers(clause.Param) => 0,
        SearchClause.Reference when Keys(clause, type) is not [] => 1,
        SearchClause.Chain chain when chain.Targets.All(target => Rank(target.Clause, target.Type) < Many) => 1,
        _ => Many,
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
        return $"select {s}.id from search_index {s} where {Rows(clause, type, s)}";
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
        where {AmongKeys("s", ParamsOf(include).SelectMany(param => ids, (param, id) => ValueKey.Of(include.Type, param, id)))}
            and coalesce(s.type = {Parameter(include.Type)} and {References(include)}
                and s.system = {Parameter(type)} and {OneOf("s.value", ids)}, false)
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
                where {s}.type = {r}.type and {s}.id = {r}.id and {Meant(clause, type, s)})
            """;
    }

    private static string Negated(SearchClause clause) =>
        clause is SearchClause.Token { Not: true } or SearchClause.Missing { IsMissing: true } ? "not " : "";

    private string Alias(string letter) => string.Create(CultureInfo.InvariantCulture, $"{letter}{++aliases}");

    /// <summary>The rows of the index that a condition is about, found by their key where they have one.</summary>
    public string Rows(SearchClause clause, string type, string s)
    {
        var found = clause is SearchClause.Chain chain ? $"{s}.key {session.Dialect.AmongSelected(KeysOf(chain, type))}"
            : Keys(clause, type) is not [] and var keys ? AmongKeys(s, keys)
            : null;
        // The key says it all. What only tells two with one key apart is hidden from the database's guesses of how many
        // rows are left: each would make them fewer.
        return found is null ? Meant(clause, type, s) : $"{found} and coalesce({Meant(clause, type, s)}, false)";
    }

    private string Meant(SearchClause clause, string type, string s)
    {
        var test = Test(clause, new($"{s}.system", $"{s}.value", $"{s}.original", $"{s}.low", $"{s}.high"));
        var text = clause is SearchClause.Text ? $"{s}.key is null and " : "";
        return $"{text}{s}.type = {Parameter(type)} and {Under(clause.Param, type, s)} and ({test})";
    }

    // Where the values of a condition stand; empty where it is not about values that have a key.
    private IReadOnlyList<long> Keys(SearchClause clause, string type)
    {
        var wanted = clause switch
        {
            SearchClause.Token { Not: false } token => ValuesOf(token.Values, token.Param),
            SearchClause.Reference reference => ValuesOf(reference.Values, reference.Param),
            SearchClause.Uri uri => uri.Values,
            _ => null,
        };
        if (wanted is null || clause.Param is SearchParameters.Id) return [];
        return [.. Params(type, clause.Param).SelectMany(param => wanted, (param, value) => ValueKey.Of(type, param, value))];
    }

    // The values as the index holds them; null where one of them is any.
    private List<string>? ValuesOf(IReadOnlyList<TokenValue> tokens, string param) =>
        tokens.Any(token => token.Value is null) ? null : [.. tokens.SelectMany(token => token.System is null
            ? session.Keys.AnySystem(token.Value!, IsOfIdentifiers(param))
            : [session.Keys.Value(token.System, token.Value!)])];

    private string AmongKeys(string s, IEnumerable<long> keys)
    {
        long[] wanted = [.. keys.Distinct()];
        return wanted is [var one]
            ? $"{s}.key = {Parameter(one)}"
            : $"{s}.key {session.Dialect.Among(Parameter(wanted))}";
    }

    private static bool IsOfIdentifiers(string param) =>
        param.EndsWith(IndexExtractor.Identifier, StringComparison.Ordinal) || param == "requisition";

    // Under which names the values of a parameter stand.
    private static IReadOnlyList<string> Params(string type, string param)
    {
        var suffix = Suffix(param);
        return [.. (SearchParameters.Find(type, param[..^suffix.Length])?.StandsUnder ?? [param])
            .Select(name => name + suffix)];
    }

    private static string Suffix(string param) =>
        param.EndsWith(IndexExtractor.ByIdentifier, StringComparison.Ordinal) ? IndexExtractor.ByIdentifier : "";

    private string Under(string param, string type, string s)
    {
        var suffix = Suffix(param);
        var under = OneOf($"{s}.param", Params(type, param));
        // Who is named by an identifier alone may be of any type.
        return SearchParameters.Find(type, param[..^suffix.Length])?.OnlyType is { } only && suffix.Length == 0
            ? $"{under} and {s}.system = {Parameter(only)}"
            : under;
    }

    private string References(Include include) => include.Param is { } param
        ? Under(param, include.Type, "s")
        : OneOf("s.param", ParamsOf(include));

    private static IReadOnlyList<string> ParamsOf(Include include) => include.Param is { } param
        ? Params(include.Type, param)
        : [.. SearchParameters.ReferencesOf(include.Type).SelectMany(parameter => parameter.StandsUnder).Distinct()];

    private string Has(SearchClause.Has has, string type, string r)
    {
        var (s, x) = (Alias("s"), Alias("r"));
        var here = Any(Params(has.Type, has.Param), param =>
            $"{s}.key = {session.Dialect.ValueKey($"{Parameter(ValueKey.Before(has.Type, param))} || {r}.id")}");
        return $"""
            exists (select 1 from search_index {s} join resource {x} on {x}.type = {s}.type and {x}.id = {s}.id
                where {here} and {s}.type = {Parameter(has.Type)} and {Under(has.Param, has.Type, s)}
                    and {s}.system = {Parameter(type)} and {s}.value = {r}.id and {Visible(x)}
                    and {Condition(has.Clause, has.Type, x)} {session.Dialect.ForEachRow})
            """;
    }

    private static Columns ColumnsOfResource(string r) =>
        new("null", $"{r}.id", "null", $"{r}.last_updated", $"{r}.last_updated");

    private string Test(SearchClause clause, Columns columns) => clause switch
    {
        SearchClause.Token token => Tokens(token.Values, token.Param, columns),
        SearchClause.Reference reference => Tokens(reference.Values, reference.Param, columns),
        SearchClause.Uri uri => OneOf(columns.Value, uri.Values),
        SearchClause.Text text => Any(text.Values, value => Text(value, text.Match, columns)),
        SearchClause.Date date => Any(date.Values, value => Date(value, columns)),
        SearchClause.Chain chain => Any(chain.Targets, target => Chained(target, columns)),
        SearchClause.Missing => "1 = 1",
        _ => throw new InvalidOperationException($"No SQL for {clause.GetType().Name}."),
    };

    private string Chained(Target target, Columns columns)
    {
        var (x, type) = (Alias("r"), Parameter(target.Type));
        return $"{columns.System} = {type} and {columns.Value} in (select {x}.id from {Targets(target, x, type)})";
    }

    // The keys under which references to what a chain is about stand.
    private string KeysOf(SearchClause.Chain chain, string type) => string.Join(" union all ", chain.Targets.SelectMany(
        target => Params(type, chain.Param).Select(param =>
        {
            var x = Alias("r");
            var key = session.Dialect.ValueKey($"{Parameter(ValueKey.Before(type, param))} || {x}.id");
            return $"select {key} from {Targets(target, x, Parameter(target.Type))}";
        })));

    // Only by way of what is seen: nothing shows whether another's resource matches.
    private string Targets(Target target, string x, string type)
    {
        var condition = Rank(target.Clause, target.Type) < Many
            ? $"{x}.id {session.Dialect.AmongSelected(Ids(target.Clause, target.Type))}"
            : Condition(target.Clause, target.Type, x);
        return $"resource {x} where {x}.type = {type} and {Visible(x)} and {condition}";
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

    private string Tokens(IReadOnlyList<TokenValue> tokens, string param, Columns columns)
    {
        var groups = tokens.GroupBy(token => (token.System, HasValue: token.Value is not null)).ToList();
        return Any(groups, group =>
        {
            var (system, hasValue) = group.Key;
            var test = system is null ? null
                : system.Length > 0 ? $"{columns.System} = {Parameter(system)}"
                : $"({columns.System} is null or {columns.Original} = '{IndexExtractor.ImpliedSystem}')";
            if (!hasValue) return test ?? "1 = 1";
            var value = OneOf(columns.Value, ValuesOf([.. group], param)!);
            return test is null ? value : $"{test} and {value}";
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
