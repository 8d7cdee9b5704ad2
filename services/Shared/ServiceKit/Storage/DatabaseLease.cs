using System.Data.Common;
using Dapper;

namespace ServiceKit.Storage;

/// <summary>An open transaction. Disposing it without a commit undoes what it did and returns the connection.</summary>
public class DatabaseLease(DbConnection connection, DbTransaction transaction, Action? released = null) : IAsyncDisposable
{
    public DbConnection Connection => connection;

    public DbTransaction Transaction => transaction;

    /// <summary>
    /// A change whose outcome nobody waits for. Where each statement costs a way to the server it goes along with the
    /// next one or with the commit, and a fault of it shows there.
    /// </summary>
    public virtual Task Queue(string sql, (string Name, object? Value)[] values) =>
        connection.ExecuteAsync(sql, values.ToDictionary(value => value.Name, value => value.Value), transaction);

    /// <summary>Sends what was queued, so that what follows sees it.</summary>
    public virtual Task Flush() => Task.CompletedTask;

    /// <summary>Sends what was queued and makes everything durable; it is not broken off half-way.</summary>
    public virtual Task Commit() => transaction.CommitAsync(CancellationToken.None);

    public virtual async ValueTask DisposeAsync()
    {
        try
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
        finally
        {
            released?.Invoke();
            GC.SuppressFinalize(this);
        }
    }
}
