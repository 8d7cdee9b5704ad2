using System.Text.Json;

namespace ServiceKit.Storage;

/// <summary>SQLite: one process, one writer.</summary>
public sealed class SqliteDialect : Dialect
{
    public override string Among(string parameter) => $"in {parameter}";

    public override string SkipLocked(string row) => "";

    public override string Now => "cast(unixepoch('subsec') * 1000000 as integer)";

    public override string BytesType => "blob";

    public override string? Lock => null;

    public override bool SingleProcess => true;

    internal override string IndexRows => string.Join(", ", Enumerable.Range(0, 6).Select(i => $"r.value ->> {i}"))
        + " from json_each(@rows) r";

    internal override (string Name, object? Value)[] IndexValues(IReadOnlyList<IndexRow> rows) =>
    [
        ("rows", JsonSerializer.Serialize(rows.Select(row =>
            (object?[])[row.Param, row.System, row.Value, row.Original, row.Low, row.High]))),
    ];
}
