using System.Globalization;
using Dapper;
using Fhir;
using ServiceKit.Audit;
using ServiceKit.Messaging;

namespace ServiceKit.Storage;

/// <summary>What code inside a transaction works with: resources, what has to leave, deadlines, and plain SQL.</summary>
public sealed class Session
{
    private readonly DatabaseLease lease;
    private readonly ServiceDatabase database;
    private readonly List<Action> whenCommitted = [];

    internal Session(DatabaseLease lease, ServiceDatabase database, IndexKeys keys, TimeProvider time, bool isTrial)
    {
        this.lease = lease;
        this.database = database;
        Keys = keys;
        IsTrial = isTrial;
        Now = time.GetUtcNow();
        Resources = new ResourceStore(this);
        Outbox = new Outbox(this);
        Timers = new Timers(this);
        Registers = new Registers(this, lease, database.Registers);
    }

    public Dialect Dialect => database.Dialect;

    public BodyCodec Bodies => database.Bodies;

    public IndexKeys Keys { get; }

    /// <summary>Whether nothing of this is kept (<see cref="ServiceDatabase.Try"/>).</summary>
    public bool IsTrial { get; }

    /// <summary>Who else sees what is stored; null where nobody does.</summary>
    internal ISharing? Sharing => database.Sharing;

    /// <summary>The types that everybody in a tenant sees, as SQL lists them.</summary>
    internal string OpenTypes => database.OpenTypes;

    /// <summary>Names this process in the leases that it takes.</summary>
    public string Holder => database.Holder;

    /// <summary>A test whether this process may take a row that can be leased (<see cref="Dialect.IsFree"/>).</summary>
    /// <param name="row">The table or its alias.</param>
    public string IsFree(string row) => Dialect.IsFree(row, Holder);

    /// <summary>The time of this transaction: one value for everything that it writes.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>
    /// What this transaction is still going to change, by type and id. A rule that compares with what is stored leaves it
    /// out: the two are compared when that one is written.
    /// </summary>
    public HashSet<(string Type, string Id)> ToBeChanged { get; } = [];

    public ResourceStore Resources { get; }

    public Outbox Outbox { get; }

    public Timers Timers { get; }

    /// <summary>What is kept in memory of types that change seldom.</summary>
    public Registers Registers { get; }

    /// <summary>Lets the outbox be looked at when this is committed.</summary>
    internal void OutboxFilled() => WhenCommitted(database.OutboxFilled.Set);

    /// <summary>Lets the deadlines be looked at when this is committed.</summary>
    internal void TimersChanged() => WhenCommitted(database.TimersChanged.Set);

    /// <summary>What was stored and not sent yet.</summary>
    internal NewRows Rows { get; } = new();

    /// <summary>
    /// Puts on record that a stored resource was shown to whoever asks, as part of what this transaction does;
    /// <paramref name="interaction"/> as in <see cref="AccessRow"/>.
    /// </summary>
    public void Shown(Access access, string interaction, Resource resource) => Rows.AddAccess(new AccessRow(
        Micros.From(Now), access, interaction, resource.TypeName, resource.Id,
        long.Parse(resource.Meta!.VersionId!, CultureInfo.InvariantCulture), null));

    internal bool Abandoned { get; private set; }

    /// <summary>Undoes what this transaction has written so far when the work returns: a refusal stores nothing.</summary>
    public void Abandon() => Abandoned = true;

    /// <summary>Rows of a query; <typeparamref name="T"/> has only long, string and byte[] members.</summary>
    public async Task<IReadOnlyList<T>> Query<T>(string sql, object? values = null)
    {
        await QueueStored();
        return await lease.Query<T>(sql, values);
    }

    /// <summary>
    /// Lets the answer to a question that is likely to be asked come along with that to the next; null where that gains
    /// nothing. For a trial: there nothing is locked or written between the two.
    /// </summary>
    internal Expected<T>? Expect<T>(string sql, object? values) => lease.Expect<T>(sql, values);

    /// <summary>The first row or null.</summary>
    public async Task<T?> First<T>(string sql, object? values = null) =>
        (await Query<T>(sql, values)) is [var first, ..] ? first : default;

    /// <summary>Runs one statement and tells how many rows it touched.</summary>
    public async Task<int> Execute(string sql, object? values = null)
    {
        await QueueStored();
        return await lease.Execute(sql, values);
    }

    /// <summary>
    /// A change whose outcome nobody waits for; it goes along with the next query or with the commit, where a fault of it
    /// shows too. Values are long, string, byte[] or the null of a text.
    /// </summary>
    public Task<Queued> Queue(string sql, params (string Name, object? Value)[] values) =>
        IsTrial ? Task.FromResult(new Queued()) : lease.Queue(sql, values);

    /// <summary>Does something once all of this is durable: until then nobody else sees it. It must not throw.</summary>
    public void WhenCommitted(Action act)
    {
        if (!whenCommitted.Contains(act)) whenCommitted.Add(act);
    }

    /// <summary>Queues what was stored so far, so that it stands before what is queued next.</summary>
    public Task QueueStored() => IsTrial ? Task.CompletedTask : Rows.Queue(lease, Micros.From(Now));

    /// <summary>Makes everything durable that was written and queued.</summary>
    internal async Task Commit()
    {
        await Resources.ShareCreated();
        await QueueStored();
        await Registers.Count();
        await lease.Commit();
        foreach (var act in whenCommitted) act();
    }

    /// <summary>Sends what was written and queued, so that its outcome is known.</summary>
    internal async Task Flush()
    {
        await QueueStored();
        await lease.Flush();
    }

    /// <summary>Makes other transactions that lock the same key wait until this one ends.</summary>
    public Task Lock(string key) =>
        Dialect.Lock is { } sql ? Queue(sql, ("key", key)) : Task.CompletedTask;

    /// <summary>
    /// Lets transactions that decide about one resource of a tenant, such as a person, run one after the other. What was
    /// read before is read again.
    /// </summary>
    public Task Lock(Access access, string type, string id)
    {
        if (!IsTrial) Resources.ForgetSeen();
        return Lock($"{access.Tenant}|{type}/{id}");
    }

    /// <summary>
    /// The same for what has an identifier, also while nothing is stored under it; an identity code is used only as its
    /// hash. The identifier has a system and a value.
    /// </summary>
    public Task Lock(Access access, Identifier identifier) =>
        Lock($"{access.Tenant}|{identifier.System}|{Keys.Value(identifier.System, identifier.Value!)}");
}
