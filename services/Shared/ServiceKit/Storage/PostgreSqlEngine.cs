using System.Data;
using System.Reflection;
using Dapper;
using Npgsql;

namespace ServiceKit.Storage;

/// <summary>PostgreSQL: a database for each service, shared by all its instances.</summary>
public sealed class PostgreSqlEngine : DatabaseEngine
{
    private const long MigrationLock = 0x6f6d68;
    private readonly NpgsqlDataSource source;

    // All questions here are small and have an index that answers them: a row leads to the next, and the first few of what
    // an index has in order are enough. Whatever else the database may think of (to read a table whole, to collect, sort or
    // hash what is never looked at, to start helpers or a compiler) takes the longer the more there is, and it thinks of it
    // above all while it has not counted its rows yet: in the first minutes of a new database.
    private static readonly string[] Planning =
    [
        "enable_seqscan=off", "enable_bitmapscan=off", "enable_hashjoin=off", "enable_mergejoin=off", "enable_material=off",
        "max_parallel_workers_per_gather=0", "jit=off", "plan_cache_mode=force_generic_plan",
    ];

    /// <param name="connectionString">With the service's database; durability is the server's default, fsync on.</param>
    public PostgreSqlEngine(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            // A server that is killed answers nothing: the next request must not wait for the operating system to notice.
            Timeout = 5, CommandTimeout = 15, KeepAlive = 10, MaxAutoPrepare = 200,
            // Nothing outlives a transaction here: no settings, and no locks but those that end with it.
            NoResetOnClose = true,
            Options = string.Join(' ', Planning.Select(setting => $"-c {setting}")),
        };
        source = NpgsqlDataSource.Create(settings);
    }

    public override Dialect Dialect { get; } = new PostgreSqlDialect();

    public override Task<DatabaseLease> OpenRead(CancellationToken cancel) =>
        Open(IsolationLevel.RepeatableRead, cancel);

    public override async Task<DatabaseLease> OpenQuery(CancellationToken cancel) =>
        new PostgreSqlLease(await source.OpenConnectionAsync(cancel), transaction: null);

    public override Task<DatabaseLease> OpenWrite(CancellationToken cancel) =>
        Open(IsolationLevel.ReadCommitted, cancel);

    public override async Task Migrate(Assembly service, CancellationToken cancel)
    {
        await using var lease = await OpenWrite(cancel);
        await lease.Connection.ExecuteAsync(
            $"select pg_advisory_xact_lock({MigrationLock})", transaction: lease.Transaction);
        await RunScripts(lease.Connection, lease.Transaction, service);
        await lease.Commit();
    }

    // Beside what Npgsql calls transient: the server is told to stop, has crashed, or is starting (class 57P); and
    // another transaction has stored the version of a resource that this one was about to.
    public override bool IsAway(Exception fault) => fault is TimeoutException
        or PostgresException { SqlState: ['5', '7', 'P', ..] } or NpgsqlException { IsTransient: true }
        or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "resource_version" }
        or NpgsqlException { InnerException: IOException or TimeoutException or System.Net.Sockets.SocketException };

    public override ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task<DatabaseLease> Open(IsolationLevel isolation, CancellationToken cancel)
    {
        var connection = await source.OpenConnectionAsync(cancel);
        try
        {
            return new PostgreSqlLease(connection, await connection.BeginTransactionAsync(isolation, cancel));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
