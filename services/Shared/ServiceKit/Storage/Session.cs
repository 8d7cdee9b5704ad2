using System.Data.Common;
using Dapper;
using Fhir;
using ServiceKit.Messaging;

namespace ServiceKit.Storage;

/// <summary>What code inside a transaction works with: resources, what has to leave, deadlines, and plain SQL.</summary>
public sealed class Session
{
    private readonly DbConnection connection;
    private readonly DbTransaction transaction;

    internal Session(
        DbConnection connection, DbTransaction transaction, Dialect dialect, BodyCodec bodies, IndexKeys keys,
        string holder, TimeProvider time)
    {
        this.connection = connection;
        this.transaction = transaction;
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
    public async Task<IReadOnlyList<T>> Query<T>(string sql, object? values = null) =>
        (await connection.QueryAsync<T>(sql, values, transaction)).AsList();

    /// <summary>The first row or null.</summary>
    public Task<T?> First<T>(string sql, object? values = null) =>
        connection.QueryFirstOrDefaultAsync<T>(sql, values, transaction);

    /// <summary>Runs a change and tells how many rows it touched; a list of values runs it once for each.</summary>
    public Task<int> Execute(string sql, object? values = null) => connection.ExecuteAsync(sql, values, transaction);

    /// <summary>Makes other transactions that lock the same key wait until this one ends.</summary>
    public async Task Lock(string key)
    {
        if (Dialect.Lock is { } sql) await connection.ExecuteAsync(sql, new { key }, transaction);
    }

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
