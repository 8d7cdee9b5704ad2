using System.Globalization;
using System.Text;

namespace ServiceKit.Storage;

/// <summary>Turns a <see cref="SearchQuery"/> into one SQL statement. Values only ever travel as parameters.</summary>
internal static class SearchRunner
{
    public static async Task<SearchPage> Run(Session session, Access access, SearchQuery query, string visible)
    {
        var values = new Dictionary<string, object?>
        {
            ["Type"] = query.Type, ["Tenant"] = access.Tenant, ["Organisation"] = access.Organisation,
        };
        var condition = new StringBuilder($"r.type = @Type and {visible}");
        var first = query.Clauses.ToList().FindIndex(FindsFew);
        var found = first < 0 ? "" : Found(values, session, query, first);
        if (first >= 0) condition.Append(" and r.id in (select id from found)");
        for (var i = 0; i < query.Clauses.Count; i++)
            if (i != first) Append(condition, values, session, query, i);

        long? total = query.CountOnly || query.WithTotal
            ? await session.First<long>($"{found} select count(*) from resource r where {condition}", values)
            : null;
        if (query.CountOnly) return new SearchPage([], total, null);

        var (order, behind) = query.OldestFirst ? ("asc", ">") : ("desc", "<");
        if (query.After is { } mark)
        {
            condition.Append(CultureInfo.InvariantCulture,
                $" and (r.last_updated {behind} @markTime or (r.last_updated = @markTime and r.id {behind} @markId))");
            (values["markTime"], values["markId"]) = (mark.LastUpdated, mark.Id);
        }

        values["limit"] = query.Count + 1;
        var rows = await session.Query<ResourceStore.Row>(
            $"""
            {found}
            select v.type, v.id, v.version, v.last_updated as LastUpdated, v.body, v.key_id as KeyId
            from resource r join resource_version v on v.type = r.type and v.id = r.id and v.version = r.version
            where {condition}
            order by r.last_updated {order}, r.id {order} limit @limit
            """,
            values);
        var page = rows.Take(query.Count).Select(row => session.Resources.Stored(row)!).ToList();
        var next = rows.Count > query.Count ? new PageMark(rows[query.Count - 1].LastUpdated, page[^1].Id) : null;
        return new SearchPage(page, total, next);
    }

    // What has an identifier or points somewhere is found by that alone: looking through all of a type for it, the newest
    // first, would take the longer the more there is.
    private static bool FindsFew(SearchClause clause) => clause is SearchClause.Reference
        || (clause is SearchClause.Token { Not: false } && clause.Param.EndsWith("identifier", StringComparison.Ordinal));

    private static string Found(Dictionary<string, object?> values, Session session, SearchQuery query, int number) =>
        $"with found as materialized (select s.id from search_index s where s.type = @Type and {Rows(values, session, query, number)})";

    private static void Append(
        StringBuilder sql, Dictionary<string, object?> values, Session session, SearchQuery query, int number)
    {
        var clause = query.Clauses[number];
        var negated = clause is SearchClause.Token { Not: true } or SearchClause.Missing { IsMissing: true };
        var test = clause.Param is SearchParameters.Id or SearchParameters.LastUpdated
            ? Test(values, session, clause, ResourceColumns, number)
            : $"""
              exists (select 1 from search_index s
                where s.type = r.type and s.id = r.id and {Rows(values, session, query, number)})
              """;
        sql.Append(CultureInfo.InvariantCulture, $" and {(negated ? "not " : "")}({test})");
    }

    // The rows of the index that a clause is about.
    private static string Rows(Dictionary<string, object?> values, Session session, SearchQuery query, int number)
    {
        var clause = query.Clauses[number];
        var parameter = SearchParameters.Find(query.Type, clause.Param);
        var under = OneOf(values, session, "s.param", parameter?.StandsUnder ?? [clause.Param], $"p{number}");
        var only = "";
        if (parameter?.OnlyType is { } type)
        {
            values[$"t{number}"] = type;
            only = $" and s.system = @t{number}";
        }

        var test = Test(values, session, clause, IndexColumns, number);
        return $"{under}{only} and ({test})";
    }

    private static readonly Columns IndexColumns = new("s.system", "s.value", "s.original", "s.low", "s.high");

    private static readonly Columns ResourceColumns = new("null", "r.id", "null", "r.last_updated", "r.last_updated");

    private static string Test(
        Dictionary<string, object?> values, Session session, SearchClause clause, Columns columns, int number) => clause switch
        {
            SearchClause.Token token => Tokens(values, session, token.Values, columns, number),
            SearchClause.Reference reference => Tokens(values, session, reference.Values, columns, number),
            SearchClause.Uri uri => Among(values, session, uri.Values, columns, $"{number}"),
            SearchClause.Text text => Any(
                text.Values, (value, i) => Text(values, value, text.Match, columns, $"{number}_{i}")),
            SearchClause.Date date => Any(date.Values, (value, i) => Date(values, value, columns, $"{number}_{i}")),
            SearchClause.Missing => "1 = 1",
            _ => throw new InvalidOperationException($"No SQL for {clause.GetType().Name}."),
        };

    // Halved again and again: SQLite takes no expression that is a thousand deep.
    private static string Any<T>(IReadOnlyList<T> values, Func<T, int, string> test)
    {
        string Part(int from, int to) => (to - from) switch
        {
            0 => "1 = 0",
            1 => $"({test(values[from], from)})",
            var many => $"({Part(from, from + many / 2)} or {Part(from + many / 2, to)})",
        };

        return Part(0, values.Count);
    }

    private static string Tokens(
        Dictionary<string, object?> values, Session session, IReadOnlyList<TokenValue> tokens, Columns columns, int number)
    {
        var groups = tokens.GroupBy(token => (token.System, HasValue: token.Value is not null)).ToList();
        return Any(groups, (group, i) =>
        {
            var n = $"{number}_{i}";
            var (system, hasValue) = group.Key;
            if (system is null)
                return Among(
                    values, session, group.SelectMany(token => session.Keys.AnySystem(token.Value ?? "")), columns, n);
            if (system.Length > 0) values[$"s{n}"] = system;
            var test = system.Length > 0
                ? $"{columns.System} = @s{n}"
                : $"({columns.System} is null or {columns.Original} = '{IndexExtractor.ImpliedSystem}')";
            if (!hasValue) return test;
            var wanted = group.Select(token => session.Keys.Value(system, token.Value!));
            return $"{test} and {Among(values, session, wanted, columns, n)}";
        });
    }

    private static string Among(
        Dictionary<string, object?> values, Session session, IEnumerable<string> wanted, Columns columns, string n)
    {
        return OneOf(values, session, columns.Value, [.. wanted], $"v{n}");
    }

    // One value is compared as one: for a list, databases that know nothing of the data yet choose odd ways.
    private static string OneOf(
        Dictionary<string, object?> values, Session session, string column, IReadOnlyList<string> wanted, string name)
    {
        if (wanted is [var one])
        {
            values[name] = one;
            return $"{column} = @{name}";
        }

        values[name] = wanted.ToArray();
        return $"{column} {session.Dialect.Among($"@{name}")}";
    }

    private static string Text(
        Dictionary<string, object?> values, string text, TextMatch match, Columns columns, string n)
    {
        var folded = FoldedText.Fold(text);
        var escaped = folded.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
        if (match == TextMatch.Exact)
        {
            (values[$"v{n}"], values[$"o{n}"]) = (folded, text);
            return $"{columns.Value} = @v{n} and {columns.Original} = @o{n}";
        }

        values[$"v{n}"] = match == TextMatch.Contains ? $"%{escaped}%" : $"{escaped}%";
        return $"{columns.Value} like @v{n} escape '\\'";
    }

    // Comparators of R4 search on intervals: http://hl7.org/fhir/R4/search.html#prefix. With le and ge a value that only
    // overlaps matches too, which R4 leaves out: a contract that ends today is in force today (ge).
    private static string Date(Dictionary<string, object?> values, DateValue date, Columns columns, string n)
    {
        values[$"l{n}"] = date.Low;
        values[$"h{n}"] = date.High;
        var (low, high) = (columns.Low, columns.High);
        return date.Comparator switch
        {
            "eq" => $"{low} >= @l{n} and {high} <= @h{n}",
            "ne" => $"{low} < @l{n} or {high} > @h{n}",
            "lt" => $"{low} < @l{n}",
            "le" => $"{low} <= @h{n}",
            "gt" => $"{high} > @h{n}",
            "ge" => $"{high} >= @l{n}",
            "sa" => $"{low} > @h{n}",
            "eb" => $"{high} < @l{n}",
            "ap" => $"{low} <= @h{n} and {high} >= @l{n}",
            _ => throw new InvalidOperationException($"No SQL for the date prefix '{date.Comparator}'."),
        };
    }

    /// <summary>Where the values that are compared stand.</summary>
    private sealed record Columns(string System, string Value, string Original, string Low, string High);
}
