using System.Globalization;
using Fhir;
using Fhir.Json;

namespace ServiceKit.Storage;

/// <summary>One stored version of a resource.</summary>
/// <param name="Type">The resource type.</param>
/// <param name="Id">The server's id.</param>
/// <param name="Version">1 for the first.</param>
/// <param name="LastUpdated">When this version was stored.</param>
/// <param name="Json">The resource as UTF-8 JSON, with id and meta filled in.</param>
public sealed record StoredResource(string Type, string Id, long Version, DateTimeOffset LastUpdated, byte[] Json)
{
    /// <summary>The typed resource. What was stored has been validated, so that a fault here is a bug.</summary>
    public T As<T>() where T : Resource => (T)(FhirJson.Read(Json).Resource
        ?? throw new InvalidOperationException($"The stored {Type}/{Id} version {Version} cannot be read."));
}

/// <summary>The resources of one service: versioned, indexed for search, each seen by its tenant and who it is shared with.</summary>
public sealed partial class ResourceStore(Session session)
{
    // What this transaction has stored or seen need not be asked of the database.
    private readonly Dictionary<(Access, string Type, string Id), StoredResource> written = [], seen = [];

    // What was found by its identifier; most of it is asked for its id alone, and so it is opened only when it is read.
    private readonly Dictionary<(Access, string Type, string Id), Row> closed = [];

    // Nothing loses an identifier; what has none yet is asked for again.
    private readonly Dictionary<Identified, List<string>> identified = [];

    // Searches that a trial is likely to make.
    private readonly Dictionary<(Access, SearchQuery), Expected<Row>> expected = [];

    // A trial sends nothing: what it has stored is written only when it is asked for.
    private readonly Dictionary<(Access, string Type, string Id), Resource> tried = [];

    // Whom it is shared with is settled when all of it is there.
    private readonly List<(Access, Resource)> created = [];

    /// <summary>Settles who sees what this transaction has created.</summary>
    internal Task ShareCreated() =>
        created.Count > 0 ? session.Sharing!.Created(session, created) : Task.CompletedTask;

    /// <summary>The newest version, or null when there is none that <paramref name="access"/> sees.</summary>
    public async Task<StoredResource?> Get(Access access, string type, string id)
    {
        if (Known(access, type, id) is { } known) return known;
        var found = Stored(await session.First<Row>(
            $"""
            select r.type, r.id, v.version, v.last_updated as LastUpdated, v.body, v.key_id as KeyId
            from resource r join resource_version v on v.type = r.type and v.id = r.id and v.version = r.version
            where r.type = @type and r.id = @id and {Visible(access)}
            """,
            new { type, id, access.Tenant, access.Organisation }));
        return found is null ? null : seen[(access, type, id)] = found;
    }

    /// <summary>The newest version as a typed resource, or null.</summary>
    public async Task<T?> Get<T>(Access access, string id) where T : Resource, new() =>
        (await Get(access, new T().TypeName, id))?.As<T>();

    /// <summary>One version, or null.</summary>
    public async Task<StoredResource?> GetVersion(Access access, string type, string id, long version) =>
        (await Versions(access, type, id, "and v.version = @version", version)).SingleOrDefault();

    /// <summary>All versions, the newest first; empty when there is none that <paramref name="access"/> sees.</summary>
    public Task<IReadOnlyList<StoredResource>> History(Access access, string type, string id) =>
        Versions(access, type, id, "", 0);

    /// <summary>
    /// Stores a new resource under an id of ours, as version 1, owned by the tenant of <paramref name="access"/> and seen
    /// by <paramref name="sharedWith"/> too, and by whom the service's <see cref="ISharing"/> names; who sees its own only
    /// sees what it has created. Id and meta of the given object are filled in.
    /// </summary>
    public async Task<T> Create<T>(Access access, T resource, params IEnumerable<string> sharedWith) where T : Resource
    {
        resource.Id ??= NewId();
        session.Rows.AddResource(resource, access.Tenant);
        await Share(resource, access.OwnOnly ? sharedWith.Append(access.Organisation) : sharedWith);
        PutVersion(access, resource, 1);
        if (session.Sharing is { } sharing)
        {
            created.Add((access, resource));
            await sharing.Stored(session, access, resource);
        }

        return resource;
    }

    /// <summary>An id for a resource that is not stored yet: give it to the resource to refer to it before.</summary>
    public static string NewId() => Guid.CreateVersion7().ToString();

    /// <summary>
    /// Stores a new version. Returns false, and stores nothing, when <paramref name="access"/> sees no such resource or,
    /// where <paramref name="expectedVersion"/> is given, when the newest version is another. What this transaction has
    /// seen becomes the version behind the one seen; if another transaction has stored that meanwhile, this one fails.
    /// </summary>
    public async Task<bool> Update<T>(Access access, T resource, long? expectedVersion = null) where T : Resource
    {
        var version = expectedVersion is null && Known(access, resource.TypeName, resource.Id!) is { } known
            ? await MoveOn(resource, known.Version + 1)
            : await MoveOn(access, resource, expectedVersion);
        if (version == 0) return false;
        await session.Queue(
            "delete from search_index where type = @type and id = @id",
            ("type", resource.TypeName), ("id", resource.Id));
        PutVersion(access, resource, version);
        if (session.Sharing is { } sharing) await sharing.Stored(session, access, resource);
        return true;
    }

    /// <summary>Asks the database again for what it was asked before: others may have stored newer versions.</summary>
    public void ForgetSeen()
    {
        seen.Clear();
        closed.Clear();
        identified.Clear();
        session.Registers.Forget();
    }

    private string Visible(Access access) => SearchSql.Visible(session, access, "r");

    private StoredResource? Known(Access access, string type, string id) =>
        written.GetValueOrDefault((access, type, id)) ?? Tried(access, type, id)
        ?? seen.GetValueOrDefault((access, type, id)) ?? Open((access, type, id));

    private StoredResource? Open((Access, string, string) key) =>
        closed.Remove(key, out var row) ? seen[key] = Stored(row)! : null;

    private StoredResource? Tried(Access access, string type, string id) =>
        tried.GetValueOrDefault((access, type, id)) is not { } resource ? null : new StoredResource(
            type, id, long.Parse(resource.Meta!.VersionId!, CultureInfo.InvariantCulture), session.Now,
            FhirJson.Write(resource));

    // Of two that do this at once, the second finds its version taken: the key of resource_version refuses it.
    private async Task<long> MoveOn(Resource resource, long version)
    {
        // The version before may be one that this transaction has stored itself.
        await session.QueueStored();
        await session.Queue(
            """
            update resource set version = @version, last_updated = @now
            where type = @type and id = @id and version = @version - 1
            """,
            ("version", version), ("now", Micros.From(session.Now)), ("type", resource.TypeName), ("id", resource.Id));
        return version;
    }

    private async Task<long> MoveOn(Access access, Resource resource, long? expectedVersion)
    {
        if (session.IsTrial)
            return await Get(access, resource.TypeName, resource.Id!) is { } stored
                && (expectedVersion ?? stored.Version) == stored.Version ? stored.Version + 1 : 0;
        return await session.First<long>(
            $"""
            update resource as r set version = version + 1, last_updated = @now
            where r.type = @TypeName and r.id = @Id and (@expected = 0 or r.version = @expected) and {Visible(access)}
            returning version
            """,
            new
            {
                resource.TypeName, resource.Id, access.Tenant, access.Organisation,
                expected = expectedVersion ?? 0, now = Micros.From(session.Now),
            });
    }

    /// <summary>Lets further organisations see a resource.</summary>
    public Task Share(Resource resource, IEnumerable<string> organisations) =>
        Share(resource.TypeName, resource.Id!, organisations);

    /// <summary>Lets further organisations see a resource.</summary>
    public async Task Share(string type, string id, IEnumerable<string> organisations)
    {
        foreach (var organisation in organisations)
        {
            session.Registers.Changed(type);
            await session.Queue(
                """
                insert into resource_access (type, id, organisation) values (@type, @id, @organisation)
                on conflict do nothing
                """,
                ("type", type), ("id", id), ("organisation", organisation));
        }
    }

    /// <summary>
    /// Whether who sees a resource may change it: who sees its own only sees what is open to all, and leaves it alone.
    /// </summary>
    public async Task<bool> MayChange(Access access, string type, string id) =>
        !access.OwnOnly || await session.First<long>(
        "select count(*) from resource_access where type = @type and id = @id and organisation = @Organisation",
        new { type, id, access.Organisation }) > 0;

    /// <summary>Lets an organisation see a resource no longer.</summary>
    public Task Withhold(string type, string id, string organisation)
    {
        session.Registers.Changed(type);
        return session.Queue(
            "delete from resource_access where type = @type and id = @id and organisation = @organisation",
            ("type", type), ("id", id), ("organisation", organisation));
    }

    internal StoredResource? Stored(Row? row) => row is null ? null : new StoredResource(
        row.Type, row.Id, row.Version, Micros.ToTime(row.LastUpdated), session.Bodies.Decode(row.Body, row.KeyId));

    private async Task<IReadOnlyList<StoredResource>> Versions(
        Access access, string type, string id, string only, long version)
    {
        var rows = await session.Query<Row>(
            $"""
            select v.type, v.id, v.version, v.last_updated as LastUpdated, v.body, v.key_id as KeyId
            from resource r join resource_version v on v.type = r.type and v.id = r.id
            where r.type = @type and r.id = @id {only} and {Visible(access)}
            order by v.version desc
            """,
            new { type, id, version, access.Tenant, access.Organisation });
        return [.. rows.Select(row => Stored(row)!)];
    }

    private void PutVersion(Access access, Resource resource, long version)
    {
        resource.Meta ??= new Meta();
        resource.Meta.VersionId = version.ToString(CultureInfo.InvariantCulture);
        resource.Meta.LastUpdated = session.Now;
        session.Registers.Changed(resource.TypeName);
        if (session.IsTrial)
        {
            tried[(access, resource.TypeName, resource.Id!)] = resource;
            return;
        }

        var json = FhirJson.Write(resource);
        var (body, keyId) = session.Bodies.Encode(json);
        session.Rows.AddVersion(
            resource, version, body, keyId, access.Organisation, IndexExtractor.Extract(resource, session.Keys));
        written[(access, resource.TypeName, resource.Id!)] =
            new StoredResource(
                resource.TypeName, resource.Id!, version, Micros.ToTime(Micros.From(session.Now)), json);
    }

    internal class Row
    {
        public string Type { get; init; } = "";

        public string Id { get; init; } = "";

        public long Version { get; init; }

        public long LastUpdated { get; init; }

        public byte[] Body { get; init; } = [];

        public string KeyId { get; init; } = "";
    }
}
