namespace ServiceKit.Storage;

/// <summary>
/// Which processes are alive, by the database's clock. What a process that was killed had leased is free as soon as it
/// is seen to be dead, long before a lease runs out by itself.
/// </summary>
internal static class Instances
{
    /// <summary>How long a process counts as alive after it was last seen.</summary>
    private const long AliveMicros = 10_000_000;

    private const long ForgottenAfterMicros = 3_600_000_000;

    /// <summary>Says that this process is alive. Where there can be no other, all others are dead.</summary>
    public static async Task Enter(Session session)
    {
        await session.Execute(session.Dialect.SingleProcess
            ? "delete from instance"
            : $"delete from instance where alive_until < {session.Dialect.Now} - {ForgottenAfterMicros}");
        await Beat(session);
    }

    /// <summary>Says so again.</summary>
    public static Task Beat(Session session) => session.Execute(
        $"""
        insert into instance (id, alive_until) values (@holder, {Until(session.Dialect)})
        on conflict (id) do update set alive_until = excluded.alive_until
        """,
        new { holder = session.Holder });

    /// <summary>Gives back all leases at once, at the end of an orderly stop.</summary>
    public static Task Leave(Session session) =>
        session.Execute("delete from instance where id = @holder", new { holder = session.Holder });

    // The only process on its database need not say it again and again.
    private static string Until(Dialect dialect) =>
        dialect.SingleProcess ? $"{long.MaxValue}" : $"{dialect.Now} + {AliveMicros}";
}
