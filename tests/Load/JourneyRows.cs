using System.Data.Common;
using System.Text.RegularExpressions;
using Npgsql;

namespace Load;

/// <summary>
/// The rows that one whole journey leaves in the databases of occupational health and region handoff, stored again for each
/// handoff: transaction by transaction, under new ids, as arrays, in one way to the server each, and without any FHIR work.
/// What the journey reads, changes, leases and deletes again on its way is left out: no journey with these rows costs less.
/// </summary>
internal sealed partial class JourneyRows(NpgsqlDataSource occupationalHealth, NpgsqlDataSource regionHandoff) : IHandoffRows
{
    // Each with the query that tells its new rows, and the column of the moment of their transaction.
    private static readonly (string Table, string New, string At)[] Tables =
    [
        ("resource", """
            select v.type, v.id, v.version, r.tenant, v.last_updated
            from resource_version v join resource r on r.type = v.type and r.id = v.id
            where v.version = 1 and v.last_updated > $1
            """, "last_updated"),
        ("resource_version", "select * from resource_version where last_updated > $1", "last_updated"),
        ("search_index", "select * from search_index where at > $1", "at"),
        ("access_log", "select * from access_log where at > $1", "at"),
        ("inbox", "select * from inbox where received > $1", "received"),
        ("outbox", "select * from outbox where created > $1", "created"),
        ("delivery", "select * from delivery where created > $1", "created"),
    ];

    private List<Transaction> sent = [], taken = [], settled = [];

    public Task Send(string id, string body) => Store(occupationalHealth, sent, id);

    public Task Take(string id, string body) => Store(regionHandoff, taken, id);

    public Task Settle(string id) => Store(occupationalHealth, settled, id);

    /// <summary>Takes the rows that something leaves; nothing else may go on meanwhile.</summary>
    public async Task TakeFrom(Func<Task> journey)
    {
        var since = Now();
        await journey();
        // What follows upon its end.
        await Task.Delay(TimeSpan.FromSeconds(2));
        var (first, second) = (await Read(occupationalHealth, since), await Read(regionHandoff, since));
        taken = second;
        (sent, settled) = (
            [.. first.Where(one => one.At < second[0].At)], [.. first.Where(one => one.At >= second[0].At)]);
    }

    /// <summary>How many rows they are.</summary>
    public override string ToString() => string.Join(", ", sent.Concat(taken).Concat(settled)
        .SelectMany(one => one.Rows).GroupBy(rows => rows.Table)
        .Select(table => $"{table.Key} {table.Sum(rows => rows.Cells.Count)}"));

    private static async Task<List<Transaction>> Read(NpgsqlDataSource database, long since)
    {
        List<(long At, Rows Rows)> all = [];
        foreach (var (table, query, at) in Tables)
        {
            if (!await IsThere(database, table)) continue;
            await using var command = database.CreateCommand(query);
            command.Parameters.AddWithValue(since);
            await using var reader = await command.ExecuteReaderAsync();
            var columns = await reader.GetColumnSchemaAsync();
            var place = columns.ToList().FindIndex(column => column.ColumnName == at);
            List<object?[]> cells = [];
            while (await reader.ReadAsync())
                cells.Add([.. columns.Select((_, i) => reader.IsDBNull(i) ? null : Cell(reader.GetValue(i)))]);
            all.AddRange(cells.GroupBy(row => (long)row[place]!).Select(one =>
                (one.Key, new Rows(table, [.. columns.Select(Column.Of)], [.. one]))));
        }

        return [.. all.GroupBy(one => one.At).OrderBy(one => one.Key)
            .Select(one => new Transaction(one.Key, [.. one.Select(rows => rows.Rows)]))];
    }

    // In microseconds, as the stores count it.
    private static long Now() =>
        (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static object Cell(object value) =>
        value is string text && Ids().Match(text) is { Success: true } id
            ? new Named(text[..id.Index], id.Value, text[(id.Index + id.Length)..])
            : value;

    private static async Task<bool> IsThere(NpgsqlDataSource database, string table)
    {
        await using var command = database.CreateCommand("select to_regclass($1) is not null");
        command.Parameters.AddWithValue(table);
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Store(NpgsqlDataSource database, List<Transaction> transactions, string handoff)
    {
        foreach (var transaction in transactions)
        {
            await using var batch = database.CreateBatch();
            foreach (var rows in transaction.Rows) batch.BatchCommands.Add(rows.Insert(transaction.At, handoff));
            await batch.ExecuteNonQueryAsync();
        }
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.NonBacktracking)]
    private static partial Regex Ids();

    /// <summary>What was committed at one moment.</summary>
    private sealed record Transaction(long At, List<Rows> Rows);

    /// <summary>A text with an id in it.</summary>
    private sealed record Named(string Before, string Id, string Behind)
    {
        // The same id becomes the same new one everywhere in a handoff.
        public string In(string handoff) => $"{Before}{handoff.AsSpan(0, 24)}{Id.AsSpan(24)}{Behind}";
    }

    private sealed record Column(string Name, Type Type)
    {
        public static Column Of(DbColumn column) => new(column.ColumnName, column.DataType!);
    }

    /// <summary>New rows of a table.</summary>
    private sealed record Rows(string Table, List<Column> Columns, List<object?[]> Cells)
    {
        private readonly string sql =
            $"""
            insert into {Table} ({string.Join(", ", Columns.Select(column => $"\"{column.Name}\""))})
            select * from unnest({string.Join(", ", Columns.Select((_, i) => $"${i + 1}"))})
            """;

        public NpgsqlBatchCommand Insert(long at, string handoff)
        {
            var now = Now();
            var command = new NpgsqlBatchCommand(sql);
            for (var i = 0; i < Columns.Count; i++)
                command.Parameters.Add(new NpgsqlParameter { Value = Values(i, at, now, handoff) });
            return command;
        }

        private Array Values(int column, long at, long now, string handoff)
        {
            if (Columns[column].Type == typeof(string))
                return Cells.Select(row => Text(row[column], handoff)).ToArray();
            return Columns[column].Type == typeof(long)
                ? Cells.Select(row => Number(row, column, at, now)).ToArray()
                : Cells.Select(row => (byte[]?)row[column]).ToArray();
        }

        private static string? Text(object? cell, string handoff) =>
            cell is Named named ? named.In(handoff) : (string?)cell;

        // What is found by an id stands elsewhere in the index with each handoff; what is found by a code stands together. No
        // two deliveries have one number.
        private long? Number(object?[] row, int column, long at, long now) => row[column] switch
        {
            long moment when moment == at => now,
            long when Columns[column].Name == "number"
                || Columns[column].Name == "key" && row.OfType<Named>().Skip(1).Any() =>
                Random.Shared.NextInt64(),
            var number => (long?)number,
        };
    }
}
