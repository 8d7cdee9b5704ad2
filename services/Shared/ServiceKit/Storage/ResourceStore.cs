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
public sealed class ResourceStore(Session session)
{
    private const string Visible =
        """
        (r.tenant = @Tenant or exists (select 1 from resource_access a
            where a.type = r.type and a.id = r.id and a.organisation = @Organisation))
        """;

    /// <summary>The newest version, or null when there is none that <paramref name="access"/> sees.</summary>
    public async Task<StoredResource?> Get(Access access, string type, string id) => Stored(await session.First<Row>(
        $"""
        select r.type, r.id, v.version, v.last_updated as LastUpdated, v.body, v.key_id as KeyId
        from resource r join resource_version v on v.type = r.type and v.id = r.id and v.version = r.version
        where r.type = @type and r.id = @id and {Visible}
        """,
        new { type, id, access.Tenant, access.Organisation }));

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
    /// by <paramref name="sharedWith"/> too. Id and meta of the given object are filled in.
    /// </summary>
    public async Task<T> Create<T>(Access access, T resource, params IEnumerable<string> sharedWith) where T : Resource
    {
        resource.Id ??= NewId();
        await session.Queue(
            """
            insert into resource (type, id, version, tenant, last_updated)
            values (@type, @id, 1, @tenant, @now)
            """,
            ("type", resource.TypeName), ("id", resource.Id), ("tenant", access.Tenant),
            ("now", Micros.From(session.Now)));
        await Share(resource, sharedWith);
        await PutVersion(resource, 1);
        return resource;
    }

    /// <summary>An id for a resource that is not stored yet: give it to the resource to refer to it before.</summary>
    public static string NewId() => Guid.CreateVersion7().ToString();

    /// <summary>
    /// Stores a new version. Returns false, and stores nothing, when <paramref name="access"/> sees no such resource or,
    /// where <paramref name="expectedVersion"/> is given, when the newest version is another.
    /// </summary>
    public async Task<bool> Update<T>(Access access, T resource, long? expectedVersion = null) where T : Resource
    {
        var version = await session.First<long>(
            $"""
            update resource as r set version = version + 1, last_updated = @now
            where r.type = @TypeName and r.id = @Id and (@expected = 0 or r.version = @expected) and {Visible}
            returning version
            """,
            new
            {
                resource.TypeName, resource.Id, access.Tenant, access.Organisation,
                expected = expectedVersion ?? 0, now = Micros.From(session.Now),
            });
        if (version == 0) return false;
        await session.Queue(
            "delete from search_index where type = @type and id = @id",
            ("type", resource.TypeName), ("id", resource.Id));
        await PutVersion(resource, version);
        return true;
    }

    /// <summary>Lets further organisations see a resource.</summary>
    public async Task Share(Resource resource, IEnumerable<string> organisations)
    {
        foreach (var organisation in organisations)
        {
            await session.Queue(
                """
                insert into resource_access (type, id, organisation) values (@type, @id, @organisation)
                on conflict do nothing
                """,
                ("type", resource.TypeName), ("id", resource.Id), ("organisation", organisation));
        }
    }

    /// <summary>The newest resource of a type whose search parameter holds exactly this token, or null.</summary>
    public async Task<T?> FindByToken<T>(Access access, string param, string system, string value)
        where T : Resource, new()
    {
        var query = new SearchQuery(new T().TypeName)
        {
            Clauses = [new SearchClause.Token(param, [new TokenValue(system, value)])],
            Count = 1,
        };
        return (await Search(access, query)).Matches.FirstOrDefault()?.As<T>();
    }

    /// <summary>All resources of a type that point with a search parameter to a resource, the newest first.</summary>
    public async Task<IReadOnlyList<T>> FindByReference<T>(Access access, string param, string type, string id)
        where T : Resource, new()
    {
        var query = new SearchQuery(new T().TypeName)
        {
            Clauses = [new SearchClause.Reference(param, [new TokenValue(type, id)])],
            Count = SearchQuery.MostAtOnce,
        };
        return [.. (await Search(access, query)).Matches.Select(match => match.As<T>())];
    }

    /// <summary>Searches the newest versions, the newest first.</summary>
    public Task<SearchPage> Search(Access access, SearchQuery query) => SearchRunner.Run(session, access, query, Visible);

    internal StoredResource? Stored(Row? row) => row is null ? null : new StoredResource(
        row.Type, row.Id, row.Version, Micros.ToTime(row.LastUpdated), session.Bodies.Decode(row.Body, row.KeyId));

    private async Task<IReadOnlyList<StoredResource>> Versions(
        Access access, string type, string id, string only, long version)
    {
        var rows = await session.Query<Row>(
            $"""
            select v.type, v.id, v.version, v.last_updated as LastUpdated, v.body, v.key_id as KeyId
            from resource r join resource_version v on v.type = r.type and v.id = r.id
            where r.type = @type and r.id = @id {only} and {Visible}
            order by v.version desc
            """,
            new { type, id, version, access.Tenant, access.Organisation });
        return [.. rows.Select(row => Stored(row)!)];
    }

    private async Task PutVersion(Resource resource, long version)
    {
        resource.Meta ??= new Meta();
        resource.Meta.VersionId = version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        resource.Meta.LastUpdated = session.Now;
        var (body, keyId) = session.Bodies.Encode(FhirJson.Write(resource));
        await session.Queue(
            """
            insert into resource_version (type, id, version, last_updated, body, key_id)
            values (@type, @id, @version, @now, @body, @keyId)
            """,
            ("type", resource.TypeName), ("id", resource.Id), ("version", version),
            ("now", Micros.From(session.Now)), ("body", body), ("keyId", keyId));
        await IndexWriter.Insert(session, resource, IndexExtractor.Extract(resource, session.Keys));
    }

    internal sealed class Row
    {
        public string Type { get; init; } = "";

        public string Id { get; init; } = "";

        public long Version { get; init; }

        public long LastUpdated { get; init; }

        public byte[] Body { get; init; } = [];

        public string KeyId { get; init; } = "";
    }
}
