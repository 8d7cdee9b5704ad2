using Fhir;
using ServiceKit.Audit;

namespace ServiceKit.Storage;

/// <summary>
/// The rows of resources that a transaction has stored so far and not sent yet. They go together, table by table: what a
/// message stores costs a few statements, however many resources it has.
/// </summary>
internal sealed class NewRows
{
    private readonly List<(string Type, string Id, string Tenant)> resources = [];
    private readonly List<(string Type, string Id, long Version, byte[] Body, string KeyId, string Who)>
        versions = [];
    private readonly List<AccessRow> shown = [];
    private readonly List<(string Type, string Id, long? At, IndexRow Row)> index = [];

    public void AddResource(Resource resource, string tenant) => resources.Add((resource.TypeName, resource.Id!, tenant));

    public void AddVersion(
        Resource resource, long version, byte[] body, string keyId, string organisation, IReadOnlyList<IndexRow> rows)
    {
        versions.Add((resource.TypeName, resource.Id!, version, body, keyId, organisation));
        AddIndex(resource, null, rows);
    }

    /// <summary>That something was shown to somebody.</summary>
    public void AddAccess(AccessRow row) => shown.Add(row);

    /// <summary>What a search finds of a version that was stored at <paramref name="at"/>; null = by this transaction.</summary>
    public void AddIndex(Resource resource, long? at, IReadOnlyList<IndexRow> rows)
    {
        foreach (var row in rows) index.Add((resource.TypeName, resource.Id!, at, row));
    }

    /// <summary>Queues them, in the order of the tables' dependence.</summary>
    public async Task Queue(DatabaseLease lease, long now)
    {
        if (resources.Count > 0)
        {
            await lease.QueueRows(
                "resource", ("type", Column(resources, row => row.Type)), ("id", Column(resources, row => row.Id)),
                ("version", Column(resources, _ => 1L)), ("tenant", Column(resources, row => row.Tenant)),
                ("last_updated", Column(resources, _ => now)));
        }

        if (versions.Count > 0)
        {
            await lease.QueueRows(
                "resource_version", ("type", Column(versions, row => row.Type)),
                ("id", Column(versions, row => row.Id)), ("version", Column(versions, row => row.Version)),
                ("last_updated", Column(versions, _ => now)), ("body", Column(versions, row => row.Body)),
                ("key_id", Column(versions, row => row.KeyId)),
                ("organisation", Column(versions, row => row.Who)));
        }

        if (index.Count > 0)
        {
            await lease.QueueRows(
                "search_index", ("type", Column(index, row => row.Type)), ("id", Column(index, row => row.Id)),
                ("param", Column(index, row => row.Row.Param)), ("key", Column(index, row => row.Row.Key)),
                ("at", Column(index, row => row.At ?? now)), ("system", Column(index, row => row.Row.System)),
                ("value", Column(index, row => row.Row.Value)), ("original", Column(index, row => row.Row.Original)),
                ("low", Column(index, row => row.Row.Low)), ("high", Column(index, row => row.Row.High)));
        }

        if (shown.Count > 0)
        {
            await lease.QueueRows(
                "access_log", ("at", Column(shown, row => row.At)), ("tenant", Column(shown, row => row.Access.Tenant)),
                ("organisation", Column(shown, row => row.Access.Organisation)),
                ("interaction", Column(shown, row => row.Interaction)), ("type", Column(shown, row => row.Type)),
                ("id", Column(shown, row => row.Id)), ("version", Column(shown, row => row.Version)),
                ("request", Column(shown, row => row.Request)));
        }

        resources.Clear();
        versions.Clear();
        index.Clear();
        shown.Clear();
    }

    private static T[] Column<TRow, T>(List<TRow> rows, Func<TRow, T> value) => [.. rows.Select(value)];
}
