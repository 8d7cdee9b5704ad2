namespace ServiceKit.Storage;

/// <summary>SQLite: one process, one writer.</summary>
public sealed class SqliteDialect : Dialect
{
    public override string Among(string parameter) => $"in {parameter}";

    public override string AmongSelected(string select) => $"in ({select})";

    public override string ValueKey(string text) => $"{SqliteEngine.ValueKeyFunction}({text})";

    public override string ForEachRow => "";

    public override string SkipLocked(string row) => "";

    public override string Now => "cast(unixepoch('subsec') * 1000000 as integer)";

    public override string BytesType => "blob";

    public override string? Lock => null;

    public override bool SingleProcess => true;
}
