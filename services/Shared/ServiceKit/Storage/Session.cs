using Dapper;
using Fhir;
using ServiceKit.Messaging;

namespace ServiceKit.Storage;

/// <summary>What code inside a transaction works with: resources, what has to leave, deadlines, and plain SQL.</summary>
public sealed class Session
{
    private readonly DatabaseLease lease;

    internal Session(
        DatabaseLease lease, Dialect dialect, BodyCodec bodies, IndexKeys keys, string holder, TimeProvider time)
    {
        this.lease = lease;
        Dialect = dialect;
        Bodies = bodies;
        Keys = keys;
        Holder = holder;
        Now = time.GetUtcNow();
        Resources = new ResourceStore(this);
        Outbox = new Outbox(this);
        Timers = new Timers(this);
    }

    public Dialect Dialect { get; }

    public BodyCodec Bodies { get; }

    public IndexKeys Keys { get; }

    /// <summary>Names this process in the leases that it takes.</summary>
    public string Holder { get; }

    /// <summary>The time of this transaction: one value for everything that it writes.</summary>
    public DateTimeOffset Now { get; }

    public ResourceStore Resources { get; }

    public Outbox Outbox { get; }

    public Timers Timers { get; }

    internal bool FilledOutbox { get; set; }

    internal bool ChangedTimers { get; set; }

    internal bool Abandoned { get; private set; }

    /// <summary>Undoes what this transaction has written so far when the work returns: a refusal stores nothing.</summary>
    public void Abandon() => Abandoned = true;

    /// <summary>Rows of a query; <typeparamref name="T"/> has only long, string and byte[] members.</summary>
    public async Task<IReadOnlyList<T>> Query<T>(string sql, object? values = null)
    {
        await lease.Flush();
        return (await lease.Connection.QueryAsync<T>(sql, values, lease.Transaction)).AsList();
    }

    /// <summary>The first row or null.</summary>
    public async Task<T?> First<T>(string sql, object? values = null)
    {
        await lease.Flush();
        return await lease.Connection.QueryFirstOrDefaultAsync<T>(sql, values, lease.Transaction);
    }

    /// <summary>Runs a change and tells how many rows it touched.</summary>
    public async Task<int> Execute(string sql, object? values = null)
    {
        await lease.Flush();
        return await lease.Connection.ExecuteAsync(sql, values, lease.Transaction);
    }

    /// <summary>
    /// A change whose outcome nobody waits for; it goes along with the next statement or with the commit, where a fault
    /// of it shows too. Values are long, string or byte[].
    /// </summary>
    public Task Queue(string sql, params (string Name, object? Value)[] values) => lease.Queue(sql, values);

    /// <summary>Makes other transactions that lock the same key wait until this one ends.</summary>
    public Task Lock(string key) =>
        Dialect.Lock is { } sql ? lease.Queue(sql, [("key", key)]) : Task.CompletedTask;

    /// <summary>
    /// Lets transactions that decide about one resource of a tenant, such as a person, run one after the other.
    /// </summary>
    public Task Lock(Access access, string type, string id) => Lock($"{access.Tenant}|{type}/{id}");

    /// <summary>
    /// The same for what has an identifier, also while nothing is stored under it; an identity code is used only as its
    /// hash. The identifier has a system and a value.
    /// </summary>
    public Task Lock(Access access, Identifier identifier) =>
        Lock($"{access.Tenant}|{identifier.System}|{Keys.Value(identifier.System, identifier.Value!)}");
}
