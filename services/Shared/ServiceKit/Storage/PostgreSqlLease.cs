using Npgsql;

namespace ServiceKit.Storage;

/// <summary>A transaction in which queued changes travel together: one round trip for many statements.</summary>
internal sealed class PostgreSqlLease(NpgsqlConnection connection, NpgsqlTransaction transaction)
    : DatabaseLease(connection, transaction)
{
    private NpgsqlBatch? queued;

    public override Task Queue(string sql, (string Name, object? Value)[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var (name, value) in values) command.Parameters.Add(new NpgsqlParameter(name, value ?? DBNull.Value));
        queued ??= new NpgsqlBatch(connection, transaction);
        queued.BatchCommands.Add(command);
        return Task.CompletedTask;
    }

    public override async Task Flush()
    {
        if (queued is not { } batch) return;
        queued = null;
        await using (batch) await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }

    // A fault of one statement keeps the server from going on to the commit.
    public override async Task Commit()
    {
        if (queued is null)
        {
            await base.Commit();
            return;
        }

        await Queue("commit", []);
        await Flush();
    }

    public override async ValueTask DisposeAsync()
    {
        if (queued is not null) await queued.DisposeAsync();
        await base.DisposeAsync();
    }
}
