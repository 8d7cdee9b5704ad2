using Fhir;
using Messages.Guide;

namespace ServiceKit.Storage;

/// <summary>
/// Writes the index of resources anew whose rows are of a version before, or of other search parameters. Done a few at a
/// time, each few in a transaction: it may be broken off at any point and goes on at the next start; several processes
/// share the work.
/// </summary>
internal static class IndexRenewal
{
    private const int AtOnce = 200;

    /// <summary>Renews until nothing is left that others are not at. Returns how many it did.</summary>
    public static async Task<int> Run(ServiceDatabase database, CancellationToken cancel)
    {
        var all = 0;
        while (await database.Write(RenewSome, cancel) is var some and > 0) all += some;
        return all;
    }

    /// <summary>Marks all of the types whose search parameters are others than when they were stored.</summary>
    public static Task Mark(ServiceDatabase database, IEnumerable<string> types, CancellationToken cancel) =>
        database.Write(async session =>
        {
            await session.Lock("store_identity");
            var known = (await session.Query<Kept>("select name, value from store_identity"))
                .ToDictionary(row => row.Name, row => row.Value, StringComparer.Ordinal);
            foreach (var type in types)
            {
                var values = new { type, name = $"search-parameters/{type}", value = SearchParameters.Fingerprint(type) };
                if (known.GetValueOrDefault(values.name) == values.value) continue;
                // Who did not keep its list yet had R4's.
                if (known.ContainsKey(values.name) || OwnSearchParameters.Infos.Any(info => info.Type == type))
                    await session.Execute(
                        "insert into search_index (type, id, param) select type, id, '' from resource where type = @type",
                        values);
                await session.Execute(
                    """
                    insert into store_identity (name, value) values (@name, @value)
                    on conflict (name) do update set value = @value
                    """, values);
            }
        }, cancel);

    private sealed record Kept(string Name, string Value);

    private static async Task<int> RenewSome(Session session)
    {
        var rows = await session.Query<ResourceStore.Row>(
            $"""
            select r.type, r.id, r.version, r.last_updated as LastUpdated, v.body, v.key_id as KeyId
            from resource r join resource_version v on v.type = r.type and v.id = r.id and v.version = r.version
            where (r.type, r.id) in (select type, id from search_index where at is null)
            limit {AtOnce} {session.Dialect.SkipLocked("r")}
            """);
        foreach (var row in rows)
        {
            await session.Queue(
                "delete from search_index where type = @type and id = @id", ("type", row.Type), ("id", row.Id));
            var resource = session.Resources.Stored(row)!.As<Resource>();
            session.Rows.AddIndex(resource, row.LastUpdated, IndexExtractor.Extract(resource, session.Keys));
        }

        return rows.Count;
    }
}
