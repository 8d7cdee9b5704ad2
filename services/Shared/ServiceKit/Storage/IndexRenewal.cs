using Fhir;

namespace ServiceKit.Storage;

/// <summary>
/// Writes the index of resources anew whose rows are of a version before. Done a few at a time, each few in a transaction:
/// it may be broken off at any point and goes on at the next start; several processes share the work.
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
