namespace ServiceKit.Storage;

/// <summary>Turns a <see cref="SearchQuery"/> into one SQL statement, and one more for what comes along.</summary>
internal static class SearchRunner
{
    private const string Columns = "v.type, v.id, v.version, v.last_updated as LastUpdated, v.body, v.key_id as KeyId";

    public static async Task<SearchPage> Run(Session session, Access access, SearchQuery query)
    {
        var sql = new SearchSql(session, access);
        var type = sql.Parameter(query.Type);
        var begin = sql.Begin(query.Type, query.Clauses);
        var conditions = string.Join(" and ", query.Clauses.Where(clause => clause != begin)
            .Select(clause => sql.Condition(clause, query.Type, "r")).Prepend(SearchSql.Visible(session, access, "r")));
        // What finds few is looked up first, whatever the database believes.
        var (from, time, id) = begin is null
            ? ($"resource r where r.type = {type} and {conditions}", "r.last_updated", "r.id")
            : ($"""
                search_index s where {sql.Rows(begin, query.Type, "s")} and exists (
                    select 1 from resource r where r.type = s.type and r.id = s.id and {conditions}
                    {session.Dialect.ForEachRow})
                """, "s.at", "s.id");
        long? total = query.CountOnly || query.WithTotal
            ? await session.First<long>($"select count(distinct {id}) from {from}", sql.Values)
            : null;
        if (query.CountOnly) return new SearchPage([], total, null);

        var (order, behind) = query.OldestFirst ? ("asc", ">") : ("desc", "<");
        if (query.After is { } mark)
        {
            var (lastTime, lastId) = (sql.Parameter(mark.LastUpdated), sql.Parameter(mark.Id));
            from += $" and {time} {behind}= {lastTime} and ({time} {behind} {lastTime} or {id} {behind} {lastId})";
        }

        // The type is told as if it depended on the id: else the database may begin with all of the type, believing them
        // to be a few.
        var rows = await session.Query<ResourceStore.Row>(
            $"""
            select {Columns}
            from (select distinct {time} as at, {id} from {from}
                order by at {order}, id {order} limit {sql.Parameter((long)query.Count + 1)}) p
            join resource r on r.type = {type} || substr(p.id, 1, 0) and r.id = p.id
            join resource_version v on v.type = r.type and v.id = r.id and v.version = r.version
            order by p.at {order}, p.id {order}
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
