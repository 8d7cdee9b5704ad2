namespace ServiceKit.Storage;

/// <summary>PostgreSQL: any number of processes.</summary>
public sealed class PostgreSqlDialect : Dialect
{
    public override string Among(string parameter) => $"= any({parameter})";

    public override string AmongSelected(string select) => $"= any(array({select}))";

    public override string ValueKey(string text) => $"('x' || substr(md5({text}), 1, 16))::bit(64)::bigint";

    public override string ForEachRow => "offset 0";

    public override string SkipLocked(string row) => $"for update of {row} skip locked";

    public override string Now => "(extract(epoch from clock_timestamp()) * 1000000)::bigint";

    public override string BytesType => "bytea";

    public override string? Lock => "select pg_advisory_xact_lock(hashtextextended(@key, 0))";

    public override bool SingleProcess => false;
}
