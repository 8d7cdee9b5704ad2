using System.Collections.Concurrent;
using System.Reflection;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace ServiceKit.Storage;

/// <summary>
/// A transaction in which queued changes travel along with the next query or with the commit: one round trip for many
/// statements.
/// </summary>
internal sealed class PostgreSqlLease(NpgsqlConnection connection, NpgsqlTransaction? transaction)
    : DatabaseLease(connection, transaction)
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Members = new();

    private readonly List<Waiting> waiting = [];

    public override Task<Queued> Queue(string sql, (string Name, object? Value)[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var (name, value) in values) command.Parameters.Add(Parameter(name, value, typeof(string)));
        var one = new Waiting(command, new Queued());
        waiting.Add(one);
        return Task.FromResult(one.Queued);
    }

    public override Task QueueRows(string table, params (string Name, Array Values)[] columns) => Queue(
        $"""
        insert into {table} ({string.Join(", ", columns.Select(column => column.Name))})
        select * from unnest({string.Join(", ", columns.Select(column => $"@{column.Name}"))})
        """,
        [.. columns.Select(column => (column.Name, (object?)column.Values))]);

    public override async Task<IReadOnlyList<T>> Query<T>(string sql, object? values)
    {
        List<T> rows = [];
        await Send(Command(sql, values), async reader =>
        {
            var parse = reader.GetRowParser(typeof(T));
            while (await reader.ReadAsync()) rows.Add((T)parse(reader));
        });
        return rows;
    }

    public override async Task<int> Execute(string sql, object? values)
    {
        var command = Command(sql, values);
        await Send(command, _ => Task.CompletedTask);
        return command.RecordsAffected;
    }

    public override Task Flush() => waiting.Count == 0 ? Task.CompletedTask : Send(null, _ => Task.CompletedTask);

    // A fault of one statement keeps the server from going on to the commit.
    public override Task Commit() =>
        waiting.Count == 0 ? base.Commit() : Send(new NpgsqlBatchCommand("commit"), _ => Task.CompletedTask);

    private async Task Send(NpgsqlBatchCommand? last, Func<NpgsqlDataReader, Task> readLast)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var one in waiting) batch.BatchCommands.Add(one.Command);
        if (last is not null) batch.BatchCommands.Add(last);
        Waiting[] sent = [.. waiting];
        waiting.Clear();
        var first = new long?[sent.Length];
        await using (var reader = await batch.ExecuteReaderAsync(CancellationToken.None))
        {
            for (var i = 0; i < sent.Length; i++)
            {
                if (!sent[i].Returns) continue;
                if (await reader.ReadAsync()) first[i] = reader.GetValue(0) as long?;
                await reader.NextResultAsync();
            }

            await readLast(reader);
            // A fault of a statement shows when its result is reached.
            while (await reader.NextResultAsync()) continue;
        }

        for (var i = 0; i < sent.Length; i++) sent[i].Queued.Sent(sent[i].Command.RecordsAffected, first[i]);
    }

    // Values as Dapper takes them, in a dictionary or as members.
    private static NpgsqlBatchCommand Command(string sql, object? values)
    {
        var command = new NpgsqlBatchCommand(sql);
        if (values is IReadOnlyDictionary<string, object?> named)
        {
            foreach (var (name, value) in named) command.Parameters.Add(Parameter(name, value, typeof(string)));
            return command;
        }

        if (values is null) return command;
        foreach (var member in Members.GetOrAdd(values.GetType(), type => type.GetProperties()))
            command.Parameters.Add(Parameter(member.Name, member.GetValue(values), member.PropertyType));
        return command;
    }

    // A null has its type, so that the statement stays the same prepared one whatever it is given.
    private static NpgsqlParameter Parameter(string name, object? value, Type type)
    {
        if (value is not null) return new NpgsqlParameter(name, value);
        var nullType = type == typeof(long?) ? NpgsqlDbType.Bigint
            : type == typeof(byte[]) ? NpgsqlDbType.Bytea
            : NpgsqlDbType.Text;
        return new NpgsqlParameter(name, nullType) { Value = DBNull.Value };
    }

    private sealed record Waiting(NpgsqlBatchCommand Command, Queued Queued)
    {
        public bool Returns { get; } = GivesRows(Command.CommandText);
    }
}
