using System.Data.Common;
using System.Numerics;
using Dapper;

namespace ServiceKit.Storage;

/// <summary>
/// An open transaction, or a connection for a single query. Disposing it without a commit undoes what it did and returns
/// the connection.
/// </summary>
public class DatabaseLease(DbConnection connection, DbTransaction? transaction, Action? released = null) : IAsyncDisposable
{
    private const int MostRowsAtOnce = 64;

    public DbConnection Connection => connection;

    public DbTransaction? Transaction => transaction;

    /// <summary>Rows of a query; it sees what was queued before.</summary>
    public virtual async Task<IReadOnlyList<T>> Query<T>(string sql, object? values) =>
        (await connection.QueryAsync<T>(sql, values, transaction)).AsList();

    /// <summary>
    /// A query that goes along with the next one, where each statement costs a way to the server; null where it would not
    /// gain anything.
    /// </summary>
    public virtual Expected<T>? Expect<T>(string sql, object? values) => null;

    /// <summary>Runs a change, after what was queued before, and tells how many rows it touched.</summary>
    public virtual Task<int> Execute(string sql, object? values) => connection.ExecuteAsync(sql, values, transaction);

    /// <summary>
    /// A change whose outcome nobody waits for. Where each statement costs a way to the server it goes along with the
    /// next one or with the commit, and a fault of it shows there.
    /// </summary>
    public virtual async Task<Queued> Queue(string sql, (string Name, object? Value)[] values)
    {
        var queued = new Queued();
        var named = values.ToDictionary(value => value.Name, value => value.Value);
        if (GivesRows(sql))
        {
            var first = await connection.QueryFirstOrDefaultAsync<long?>(sql, named, transaction);
            queued.Sent(first is null ? 0 : 1, first);
        }
        else
        {
            queued.Sent(await connection.ExecuteAsync(sql, named, transaction), null);
        }

        return queued;
    }

    /// <summary>Whether a statement gives rows.</summary>
    protected static bool GivesRows(string sql) => sql.StartsWith("select", StringComparison.Ordinal)
        || sql.Contains("returning ", StringComparison.Ordinal);

    /// <summary>New rows of a table, queued; columns are arrays of one length: string, long, byte[], null where allowed.</summary>
    public virtual async Task QueueRows(string table, params (string Name, Array Values)[] columns)
    {
        var names = string.Join(", ", columns.Select(column => column.Name));
        for (int from = 0, all = columns[0].Values.Length; from < all;)
        {
            // Statements come in a few sizes only, powers of two, so that they stay prepared.
            var count = 1 << BitOperations.Log2((uint)Math.Min(MostRowsAtOnce, all - from));
            var rows = string.Join(", ", Enumerable.Range(0, count).Select(row =>
                $"({string.Join(", ", columns.Select(column => $"@{column.Name}{row}"))})"));
            var first = from;
            await Queue($"insert into {table} ({names}) values {rows}",
                [.. Enumerable.Range(0, count).SelectMany(row => columns.Select(column =>
                    ($"{column.Name}{row}", column.Values.GetValue(first + row))))]);
            from += count;
        }
    }

    /// <summary>Sends what was queued, so that what follows sees it.</summary>
    public virtual Task Flush() => Task.CompletedTask;

    /// <summary>Sends what was queued and makes everything durable; it is not broken off half-way.</summary>
    public virtual Task Commit() => transaction!.CommitAsync(CancellationToken.None);

    public virtual async ValueTask DisposeAsync()
    {
        try
        {
            if (transaction is not null) await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
        finally
        {
            released?.Invoke();
            GC.SuppressFinalize(this);
        }
    }
}
