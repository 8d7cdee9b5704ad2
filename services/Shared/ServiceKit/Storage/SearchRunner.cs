namespace ServiceKit.Storage;

/// <summary>Turns a <see cref="SearchQuery"/> into one SQL statement, and one more for what comes along.</summary>
internal static class SearchRunner
{
    private const string Columns = "v.type, v.id, v.version, v.last_updated as LastUpdated, v.body, v.key_id as KeyId";

    public static async Task<SearchPage> Run(Session session, Access access, SearchQuery query)
    {
        var sql = new SearchSql(session, access);
        var type = sql.Parameter(query.Type);
        var first = query.Clauses.ToList().FindIndex(SearchSql.FindsFew);
        var found = first < 0
            ? ""
            : $"with found as materialized ({sql.Ids(query.Clauses[first], query.Type)})";
        List<string> conditions = [$"r.type = {type}", SearchSql.Visible(session, access, "r")];
        if (first >= 0) conditions.Add("r.id in (select id from found)");
        conditions.AddRange(query.Clauses.Where((_, i) => i != first)
            .Select(clause => sql.Condition(clause, query.Type, "r")));

        var condition = string.Join(" and ", conditions);
        long? total = query.CountOnly || query.WithTotal
            ? await session.First<long>($"{found} select count(*) from resource r where {condition}", sql.Values)
            : null;
        if (query.CountOnly) return new SearchPage([], total, null);

        var (order, behind) = query.OldestFirst ? ("asc", ">") : ("desc", "<");
        if (query.After is { } mark)
        {
            var (time, id) = (sql.Parameter(mark.LastUpdated), sql.Parameter(mark.Id));
            condition += $" and (r.last_updated {behind} {time} or (r.last_updated = {time} and r.id {behind} {id}))";
        }

        var rows = await session.Query<ResourceStore.Row>(
            $"""
            {found}
            select {Columns}
            from resource r join resource_version v on v.type = r.type and v.id = r.id and v.version = r.version
            where {condition}
            order by r.last_updated {order}, r.id {order} limit {sql.Parameter((long)query.Count + 1)}
            """,
            sql.Values);
        var page = rows.Take(query.Count).Select(row => session.Resources.Stored(row)!).ToList();
        var next = rows.Count > query.Count ? new PageMark(rows[query.Count - 1].LastUpdated, page[^1].Id) : null;
        return await Include(session, access, query, new SearchPage(page, total, next));
    }

    private static async Task<SearchPage> Include(Session session, Access access, SearchQuery query, SearchPage page)
    {
        if (page.Matches.Count == 0 || query.Includes.Count == 0) return page;
        var sql = new SearchSql(session, access);
        List<string> ids = [.. page.Matches.Select(match => match.Id)];
        var wanted = query.Includes.Select(include => include.Reverse
            ? sql.PointingTo(include, query.Type, ids)
            : sql.PointedToBy(include, ids));
        var rows = await session.Query<ResourceStore.Row>(
            $"""
            with wanted as ({string.Join(" union ", wanted)})
            select {Columns}
            from wanted w join resource r on r.type = w.type and r.id = w.id
            join resource_version v on v.type = r.type and v.id = r.id and v.version = r.version
            where {SearchSql.Visible(session, access, "r")}
            order by r.type, r.last_updated desc, r.id desc limit {sql.Parameter(SearchQuery.MostAtOnce + 1L)}
            """,
            sql.Values);
        var matches = page.Matches.Select(match => (match.Type, match.Id)).ToHashSet();
        return page with
        {
            Included = [.. rows.Take(SearchQuery.MostAtOnce).Where(row => !matches.Contains((row.Type, row.Id)))
                .Select(row => session.Resources.Stored(row)!)],
            LeavesOut = rows.Count > SearchQuery.MostAtOnce,
        };
    }
}
