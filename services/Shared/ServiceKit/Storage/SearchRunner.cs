using System.Globalization;
using System.Text;
using Dapper;

namespace ServiceKit.Storage;

/// <summary>Turns a <see cref="SearchQuery"/> into one SQL statement. Values only ever travel as parameters.</summary>
internal static class SearchRunner
{
    public static async Task<SearchPage> Run(Session session, Access access, SearchQuery query, string visible)
    {
        var values = new DynamicParameters(new { query.Type, access.Tenant, access.Organisation });
        var condition = new StringBuilder($"r.type = @Type and {visible}");
        for (var i = 0; i < query.Clauses.Count; i++) Append(condition, values, session, query.Clauses[i], i);

        long? total = query.CountOnly || query.WithTotal
            ? await session.First<long>($"select count(*) from resource r where {condition}", values)
            : null;
        if (query.CountOnly) return new SearchPage([], total, null);

        var (order, behind) = query.OldestFirst ? ("asc", ">") : ("desc", "<");
        if (query.After is { } mark)
        {
            condition.Append(CultureInfo.InvariantCulture,
                $" and (r.last_updated {behind} @markTime or (r.last_updated = @markTime and r.id {behind} @markId))");
            values.AddDynamicParams(new { markTime = mark.LastUpdated, markId = mark.Id });
        }

        values.Add("limit", query.Count + 1);
        var rows = await session.Query<ResourceStore.Row>(
            $"""
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

    private static void Append(
        StringBuilder sql, DynamicParameters values, Session session, SearchClause clause, int number)
    {
        var negated = clause is SearchClause.Token { Not: true } or SearchClause.Missing { IsMissing: true };
        values.Add($"p{number}", clause.Param);
        var test = clause switch
        {
            SearchClause.Token token => Tokens(values, session, token.Values, number),
            SearchClause.Reference reference => Tokens(values, session, reference.Values, number),
            SearchClause.Uri uri => Among(values, session, uri.Values, $"{number}"),
            SearchClause.Text text => Any(text.Values, (value, i) => Text(values, value, text.Match, $"{number}_{i}")),
            SearchClause.Date date => Any(date.Values, (value, i) => Date(values, value, $"{number}_{i}")),
            SearchClause.Missing => "1 = 1",
            _ => throw new InvalidOperationException($"No SQL for {clause.GetType().Name}."),
        };
        sql.Append(CultureInfo.InvariantCulture,
            $"""
             and {(negated ? "not " : "")}exists (select 1 from search_index s
                where s.type = r.type and s.id = r.id and s.param = @p{number} and ({test}))
            """);
    }

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
        DynamicParameters values, Session session, IReadOnlyList<TokenValue> tokens, int number)
    {
        var groups = tokens.GroupBy(token => (token.System, HasValue: token.Value is not null)).ToList();
        return Any(groups, (group, i) =>
        {
            var n = $"{number}_{i}";
            var (system, hasValue) = group.Key;
            if (system is null)
                return Among(values, session, group.SelectMany(token => session.Keys.AnySystem(token.Value ?? "")), n);
            if (system.Length > 0) values.Add($"s{n}", system);
            var test = system.Length > 0 ? $"s.system = @s{n}" : "s.system is null";
            if (!hasValue) return test;
            var wanted = group.Select(token => session.Keys.Value(system, token.Value!));
            return $"{test} and {Among(values, session, wanted, n)}";
        });
    }

    private static string Among(DynamicParameters values, Session session, IEnumerable<string> wanted, string n)
    {
        values.Add($"v{n}", wanted.ToArray());
        return $"s.value {session.Dialect.Among($"@v{n}")}";
    }

    private static string Text(DynamicParameters values, string text, TextMatch match, string n)
    {
        var folded = FoldedText.Fold(text);
        var escaped = folded.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
        if (match == TextMatch.Exact)
        {
            values.AddDynamicParams(new Dictionary<string, object> { [$"v{n}"] = folded, [$"o{n}"] = text });
            return $"s.value = @v{n} and s.original = @o{n}";
        }

        values.Add($"v{n}", match == TextMatch.Contains ? $"%{escaped}%" : $"{escaped}%");
        return $"s.value like @v{n} escape '\\'";
    }

    // Comparators of R4 search on intervals: http://hl7.org/fhir/R4/search.html#prefix. With le and ge a value that only
    // overlaps matches too, which R4 leaves out: a contract that ends today is in force today (ge).
    private static string Date(DynamicParameters values, DateValue date, string n)
    {
        values.Add($"l{n}", date.Low);
        values.Add($"h{n}", date.High);
        return date.Comparator switch
        {
            "eq" => $"s.low >= @l{n} and s.high <= @h{n}",
            "ne" => $"s.low < @l{n} or s.high > @h{n}",
            "lt" => $"s.low < @l{n}",
            "le" => $"s.low <= @h{n}",
            "gt" => $"s.high > @h{n}",
            "ge" => $"s.high >= @l{n}",
            "sa" => $"s.low > @h{n}",
            "eb" => $"s.high < @l{n}",
            "ap" => $"s.low <= @h{n} and s.high >= @l{n}",
            _ => throw new InvalidOperationException($"No SQL for the date prefix '{date.Comparator}'."),
        };
    }
}
