namespace ServiceKit.Storage;

/// <summary>
/// The database of one service. Each service derives its own type, so that several of them live in one container.
/// </summary>
public abstract class ServiceDatabase(DatabaseEngine engine, StorageSecrets secrets, TimeProvider time) : IAsyncDisposable
{
    /// <summary>The words in which this database differs from others.</summary>
    public Dialect Dialect => engine.Dialect;

    /// <summary>Names this process in the leases that it takes.</summary>
    public string Holder { get; } = Guid.CreateVersion7().ToString();

    /// <summary>Bodies as the columns hold them.</summary>
    public BodyCodec Bodies { get; } = new(secrets.Seal);

    /// <summary>Who else sees what is stored; null where nobody does.</summary>
    internal ISharing? Sharing { get; set; }

    /// <summary>The types that everybody in a tenant sees, as SQL lists them.</summary>
    internal string OpenTypes { get; private set; } = "null";

    /// <summary>What this process has made of types that change seldom.</summary>
    internal RegisterMemory Registers { get; } = new(time);

    /// <summary>Lets everybody in a tenant see these types, also who sees its own only.</summary>
    internal void Open(IEnumerable<string> types) =>
        OpenTypes = string.Join(", ", types.Select(type => $"'{type}'").DefaultIfEmpty("null"));

    /// <summary>Set after a commit that left something to send.</summary>
    public Signal OutboxFilled { get; } = new();

    /// <summary>Set after a commit that changed deadlines.</summary>
    public Signal TimersChanged { get; } = new();

    /// <summary>Brings the schema up to date, under a lock; returns when the newest scripts are in.</summary>
    public Task Migrate(CancellationToken cancel) => engine.Migrate(GetType().Assembly, cancel);

    /// <summary>
    /// Whether an exception says that the database is away or in the way, so that the same work may succeed later.
    /// </summary>
    public bool IsAway(Exception fault) => engine.IsAway(fault);

    /// <summary>Runs queries on one consistent state of the database.</summary>
    public async Task<T> Read<T>(Func<Session, Task<T>> queries, CancellationToken cancel)
    {
        await using var lease = await engine.OpenRead(cancel);
        return await queries(NewSession(lease));
    }

    /// <summary>Runs one query, which sees one state of the database by itself.</summary>
    public async Task<T> ReadOne<T>(Func<Session, Task<T>> query, CancellationToken cancel)
    {
        await using var lease = await engine.OpenQuery(cancel);
        return await query(NewSession(lease));
    }

    /// <summary>Runs a change in one transaction: all of it is stored when this returns, or nothing when it throws.</summary>
    public async Task<T> Write<T>(Func<Session, Task<T>> change, CancellationToken cancel)
    {
        await using var lease = await engine.OpenWrite(cancel);
        var session = NewSession(lease);
        var result = await change(session);
        if (!session.Abandoned) await session.Commit();
        return result;
    }

    /// <summary>
    /// Tries a change of which nothing is kept: nobody waits for it, each of its questions sees what is stored when it is
    /// asked, as a change's do, and what it stores or queues is not sent. A search does not find what the change itself has
    /// stored.
    /// </summary>
    public async Task<T> Try<T>(Func<Session, Task<T>> change, CancellationToken cancel)
    {
        await using var lease = await engine.OpenQuery(cancel);
        return await change(NewSession(lease, isTrial: true));
    }

    /// <summary>A change without a result.</summary>
    public Task Write(Func<Session, Task> change, CancellationToken cancel) => Write(async session =>
    {
        await change(session);
        return true;
    }, cancel);

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private Session NewSession(DatabaseLease lease, bool isTrial = false) =>
        new(lease, this, secrets.Keys, time, isTrial);
}

/// <summary>What is secret about the store: how bodies are sealed, and the key of the hashes in the search index.</summary>
public sealed record StorageSecrets(IBodySeal Seal, IndexKeys Keys);
