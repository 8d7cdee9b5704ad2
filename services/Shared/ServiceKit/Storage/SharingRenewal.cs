using Fhir;

namespace ServiceKit.Storage;

/// <summary>
/// Shares what was stored before a service shared anything. Done a few at a time, each few in a transaction: it may be
/// broken off at any point and goes on at the next start.
/// </summary>
internal static class SharingRenewal
{
    private const int AtOnce = 50;

    /// <summary>Asks of all that nobody sees beside its tenant. Returns how many there were.</summary>
    public static async Task<int> Run(ServiceDatabase database, CancellationToken cancel)
    {
        if (database.Sharing is not { } sharing) return 0;
        var all = 0;
        for (var last = ""; last is not null;)
        {
            var ids = await database.Write(session => RenewSome(session, sharing, last), cancel);
            (all, last) = (all + ids.Count, ids.Count > 0 ? ids[^1] : null);
        }

        return all;
    }

    private static async Task<IReadOnlyList<string>> RenewSome(Session session, ISharing sharing, string last)
    {
        var rows = await session.Query<Row>(
            $"""
            select r.type, r.id, r.tenant, r.version, r.last_updated as LastUpdated, v.body, v.key_id as KeyId
            from resource r join resource_version v on v.type = r.type and v.id = r.id and v.version = r.version
            where r.type = @Type and r.id > @last
                and not exists (select 1 from resource_access a where a.type = r.type and a.id = r.id)
            order by r.id limit {AtOnce}
            """,
            new { sharing.Type, last });
        foreach (var row in rows)
            await sharing.Renew(session, new Access(row.Tenant, ""), session.Resources.Stored(row)!.As<Resource>());
        return [.. rows.Select(row => row.Id)];
    }

    private sealed class Row : ResourceStore.Row
    {
        public string Tenant { get; init; } = "";
    }
}
