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
        if (query.CountOnly || query.Count == 0) return new SearchPage([], total, null);

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
            SearchClause.Token token =>
                Any(token.Values, (value, i) => Token(values, session, value, $"{number}_{i}")),
            SearchClause.Reference reference =>
                Any(reference.Values, (value, i) => Token(values, session, value, $"{number}_{i}")),
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

    private static string Any<T>(IReadOnlyList<T> values, Func<T, int, string> test) =>
        values.Count == 0 ? "1 = 0" : string.Join(" or ", values.Select((value, i) => $"({test(value, i)})"));

    private static string Token(DynamicParameters values, Session session, TokenValue token, string n)
    {
        var system = token.System switch { null => "", "" => "s.system is null", _ => $"s.system = @s{n}" };
        if (system.EndsWith(n, StringComparison.Ordinal)) values.Add($"s{n}", token.System);
        if (token.Value is null) return system.Length > 0 ? system : "1 = 1";
        if (token.System is null)
        {
            values.Add($"v{n}", session.Keys.AnySystem(token.Value));
            return $"s.value {session.Dialect.Among($"@v{n}")}";
        }

        values.Add($"v{n}", session.Keys.Value(token.System, token.Value));
        return $"{system} and s.value = @v{n}";
    }

    private static string Text(DynamicParameters values, string text, TextMatch match, string n)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
        values.Add($"v{n}", match switch
        {
            TextMatch.Exact => text,
            TextMatch.Contains => $"%{escaped}%",
            _ => $"{escaped}%",
        });
        return match == TextMatch.Exact ? $"s.value = @v{n}" : $"s.value like @v{n} escape '\\'";
    }

    // Comparators of R4 search on intervals: http://hl7.org/fhir/R4/search.html#prefix
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
