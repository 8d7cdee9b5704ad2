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
        var (queued, first) = (new Queued(), (long?)null);
        waiting.Add(new Waiting(
            command,
            GivesRows(sql) ? async reader => first = await reader.ReadAsync() ? reader.GetValue(0) as long? : null : null,
            () => queued.Sent(command.RecordsAffected, first)));
        return Task.FromResult(queued);
    }

    public override Expected<T> Expect<T>(string sql, object? values)
    {
        var expected = new Expected<T>();
        waiting.Add(new Waiting(Command(sql, values), async reader => expected.Rows = await Rows<T>(reader), () => { }));
        return expected;
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
        await Send(Command(sql, values), async reader => rows = await Rows<T>(reader));
        return rows;
    }

    private static async Task<List<T>> Rows<T>(NpgsqlDataReader reader)
    {
        List<T> rows = [];
        var parse = reader.GetRowParser(typeof(T));
        while (await reader.ReadAsync()) rows.Add((T)parse(reader));
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
        await using (var reader = await batch.ExecuteReaderAsync(CancellationToken.None))
        {
            foreach (var one in sent)
            {
                if (one.Read is null) continue;
                await one.Read(reader);
                await reader.NextResultAsync();
            }

            await readLast(reader);
            // A fault of a statement shows when its result is reached.
            while (await reader.NextResultAsync()) continue;
        }

        foreach (var one in sent) one.IsSent();
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

    /// <param name="Command">What goes along.</param>
    /// <param name="Read">Takes its rows; null where it gives none.</param>
    /// <param name="IsSent">Told once all of what went along has succeeded.</param>
    private sealed record Waiting(NpgsqlBatchCommand Command, Func<NpgsqlDataReader, Task>? Read, Action IsSent);
}
