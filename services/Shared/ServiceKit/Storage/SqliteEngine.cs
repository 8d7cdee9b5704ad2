using System.Reflection;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ServiceKit.Storage;

/// <summary>
/// SQLite in one file: readers side by side (write-ahead log), writers one after the other through a gate, since SQLite
/// would make them wait in any case and its own waiting is polling.
/// </summary>
public sealed class SqliteEngine : DatabaseEngine
{
    /// <summary>What <see cref="ValueKey"/> is called in SQL.</summary>
    internal const string ValueKeyFunction = "value_key";

    private readonly string connectionString;
    private readonly SemaphoreSlim writer = new(1);
    private readonly string file;
    private FileStream? ownership;

    /// <param name="file">The database file; its folder is made when it is absent.</param>
    public SqliteEngine(string file)
    {
        this.file = file;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            DefaultTimeout = 10,
            Pooling = true,
        }.ToString();
    }

    public override Dialect Dialect { get; } = new SqliteDialect();

    public override async Task<DatabaseLease> OpenRead(CancellationToken cancel)
    {
        var connection = await Open(cancel);
        return new DatabaseLease(connection, connection.BeginTransaction(deferred: true));
    }

    public override async Task<DatabaseLease> OpenQuery(CancellationToken cancel) =>
        new(await Open(cancel), transaction: null);

    public override async Task<DatabaseLease> OpenWrite(CancellationToken cancel)
    {
        await writer.WaitAsync(cancel);
        try
        {
            var connection = await Open(cancel);
            return new DatabaseLease(connection, connection.BeginTransaction(deferred: false), () => writer.Release());
        }
        catch
        {
            writer.Release();
            throw;
        }
    }

    public override async Task Migrate(Assembly service, CancellationToken cancel)
    {
        ownership ??= TakeOwnership();
        await using (var connection = await Open(cancel))
            await connection.ExecuteAsync("pragma journal_mode = wal");
        await using var lease = await OpenWrite(cancel);
        await RunScripts(lease.Connection, lease.Transaction, service);
        await lease.Commit();
    }

    // Busy, locked, unreadable, full, cannot be opened: https://sqlite.org/rescode.html
    public override bool IsAway(Exception fault) => fault is SqliteException { SqliteErrorCode: 5 or 6 or 10 or 13 or 14 };

    public override async ValueTask DisposeAsync()
    {
        await using (var connection = new SqliteConnection(connectionString)) SqliteConnection.ClearPool(connection);
        writer.Dispose();
        if (ownership is not null) await ownership.DisposeAsync();
    }

    // Leases count on this process being the only one, so that a second one must not start.
    private FileStream TakeOwnership()
    {
        try
        {
            return new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new InvalidOperationException(
                $"Another process uses {file}: stop it, or give this one another Storage:Folder.");
        }
    }

    // FULL: a commit is on disk when it returns, so that what was answered survives the loss of power too.
    private async Task<SqliteConnection> Open(CancellationToken cancel)
    {
        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancel);
        await connection.ExecuteAsync("pragma synchronous = full");
        connection.CreateFunction<string, long>(ValueKeyFunction, ValueKey.Of, isDeterministic: true);
        return connection;
    }
}
