namespace ServiceKit.Storage;

/// <summary>PostgreSQL: any number of processes.</summary>
public sealed class PostgreSqlDialect : Dialect
{
    public override string Among(string parameter) => $"= any({parameter})";

    public override string SkipLocked(string row) => $"for update of {row} skip locked";

    public override string Now => "(extract(epoch from clock_timestamp()) * 1000000)::bigint";

    public override string BytesType => "bytea";

    public override string? Lock => "select pg_advisory_xact_lock(hashtextextended(@key, 0))";

    public override bool SingleProcess => false;

    internal override string IndexRows => "r.* from unnest(@params, @systems, @values, @originals, @lows, @highs) r";

    internal override (string Name, object? Value)[] IndexValues(IReadOnlyList<IndexRow> rows) =>
    [
        ("params", Column(rows, row => row.Param)), ("systems", Column(rows, row => row.System)),
        ("values", Column(rows, row => row.Value)), ("originals", Column(rows, row => row.Original)),
        ("lows", Column(rows, row => row.Low)), ("highs", Column(rows, row => row.High)),
    ];

    private static T[] Column<T>(IReadOnlyList<IndexRow> rows, Func<IndexRow, T> value) => [.. rows.Select(value)];
}
