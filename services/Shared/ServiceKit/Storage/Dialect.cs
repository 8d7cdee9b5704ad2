namespace ServiceKit.Storage;

/// <summary>The few places where SQLite and PostgreSQL want different words. Everything else is one SQL text.</summary>
public abstract class Dialect
{
    /// <summary>A test whether a column is among the values of a parameter, for example <c>in @ids</c>.</summary>
    public abstract string Among(string parameter);

    /// <summary>A test whether a column is among what a select gives, which is asked once and before.</summary>
    public abstract string AmongSelected(string select);

    /// <summary>The <see cref="ServiceKit.Storage.ValueKey"/> of an expression that gives its text.</summary>
    public abstract string ValueKey(string text);

    /// <summary>
    /// What ends a subquery that is asked for each row of the query around it, whatever the database would rather begin
    /// with: before it has counted its rows it guesses badly.
    /// </summary>
    public abstract string ForEachRow { get; }

    /// <summary>What ends a select that leases rows of a table side by side with other instances.</summary>
    /// <param name="row">The table or its alias.</param>
    public abstract string SkipLocked(string row);

    /// <summary>The database's own time in microseconds since 1970 UTC. Leases use it, so that no clock can skew them.</summary>
    public abstract string Now { get; }

    /// <summary>
    /// A test whether a row with <c>lease_until</c> and <c>holder</c> is free: never leased, run out, or its holder dead.
    /// Who asks is alive, whatever is written about it: when the database was away, that could not be kept up.
    /// </summary>
    /// <param name="row">The table or its alias.</param>
    /// <param name="asking">The holder that asks.</param>
    public string IsFree(string row, string asking) =>
        $"""
        ({row}.lease_until < {Now} or ({row}.holder <> '{asking}' and not exists (
            select 1 from instance alive where alive.id = {row}.holder and alive.alive_until >= {Now})))
        """;

    /// <summary>The column type for bytes, put into the schema scripts for <c>{bytes}</c>.</summary>
    public abstract string BytesType { get; }

    /// <summary>
    /// Makes everything else that locks the parameter <c>@key</c> wait until this transaction ends; null where writers
    /// wait for each other in any case.
    /// </summary>
    public abstract string? Lock { get; }

    /// <summary>
    /// Whether this process is the only one on the database. Then leases that a killed predecessor left are void at once.
    /// </summary>
    public abstract bool SingleProcess { get; }
}
