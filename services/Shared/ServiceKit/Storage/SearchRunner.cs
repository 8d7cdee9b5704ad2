namespace ServiceKit.Storage;

/// <summary>Turns a <see cref="SearchQuery"/> into one SQL statement, and one more for what comes along.</summary>
internal static class SearchRunner
{
    private const string Columns = "v.type, v.id, v.version, v.last_updated as LastUpdated, v.body, v.key_id as KeyId";

    public static async Task<SearchPage> Run(Session session, Access access, SearchQuery query)
    {
        var sql = new SearchSql(session, access);
        var found = Find(session, access, query, sql);
        long? total = query.CountOnly || query.WithTotal
            ? await session.First<long>($"select count(distinct {found.Id}) from {found.From}", sql.Values)
            : null;
        if (query.CountOnly) return new SearchPage([], total, null);

        var rows = await session.Query<ResourceStore.Row>(Rows(query, sql, found), sql.Values);
        return await Include(session, access, query, Page(session, query, rows, total));
    }

    /// <summary>
    /// Lets the first page of a search come along with the next question (<see cref="Session.Expect{T}"/>).
    /// </summary>
    public static Expected<ResourceStore.Row>? Expect(Session session, Access access, SearchQuery query)
    {
        var sql = new SearchSql(session, access);
        return session.Expect<ResourceStore.Row>(Rows(query, sql, Find(session, access, query, sql)), sql.Values);
    }

    /// <summary>The page that rows are, without what is included.</summary>
    public static SearchPage Page(
        Session session, SearchQuery query, IReadOnlyList<ResourceStore.Row> rows, long? total = null)
    {
        var page = rows.Take(query.Count).Select(row => session.Resources.Stored(row)!).ToList();
        var next = rows.Count > query.Count ? new PageMark(rows[query.Count - 1].LastUpdated, page[^1].Id) : null;
        return new SearchPage(page, total, next);
    }

    private static Found Find(Session session, Access access, SearchQuery query, SearchSql sql)
    {
        var type = sql.Parameter(query.Type);
        var begin = sql.Begin(query.Type, query.Clauses);
        var conditions = string.Join(" and ", query.Clauses.Where(clause => clause != begin)
            .Select(clause => sql.Condition(clause, query.Type, "r")).Prepend(SearchSql.Visible(session, access, "r")));
        // What finds few is looked up first, whatever the database believes.
        return begin is null
            ? new(type, $"resource r where r.type = {type} and {conditions}", "r.last_updated", "r.id")
            : new(type, $"""
                search_index s where {sql.Rows(begin, query.Type, "s")} and exists (
                    select 1 from resource r where r.type = s.type and r.id = s.id and {conditions}
                    {session.Dialect.ForEachRow})
                """, "s.at", "s.id");
    }

    private static string Rows(SearchQuery query, SearchSql sql, Found found)
    {
        var (type, from, time, id) = found;
        var (order, behind) = query.OldestFirst ? ("asc", ">") : ("desc", "<");
        if (query.After is { } mark)
        {
            var (lastTime, lastId) = (sql.Parameter(mark.LastUpdated), sql.Parameter(mark.Id));
            from += $" and {time} {behind}= {lastTime} and ({time} {behind} {lastTime} or {id} {behind} {lastId})";
        }

        // The type is told as if it depended on the id: else the database may begin with all of the type, believing them
        // to be a few.
        return $"""
            select {Columns}
            from (select distinct {time} as at, {id} from {from}
                order by at {order}, id {order} limit {sql.Parameter((long)query.Count + 1)}) p
            join resource r on r.type = {type} || substr(p.id, 1, 0) and r.id = p.id
            join resource_version v on v.type = r.type and v.id = r.id and v.version = r.version
            order by p.at {order}, p.id {order}
            """;
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

    /// <summary>What a search is about: its type, what matches, and the columns of when and who, as SQL.</summary>
    private sealed record Found(string Type, string From, string Time, string Id);
}
