using ServiceKit.Storage;

namespace ServiceKit.Messaging;

/// <summary>A stream that this dispatcher alone sends from until its lease runs out.</summary>
public sealed record LeasedStream(string Journey, string Destination, long Fence);

/// <summary>A message that has to leave.</summary>
public sealed record OutgoingMessage(string Id, string Kind, byte[] Body);

/// <summary>The SQL of the outbox's streams. Leases use the database's time and a fence that only grows.</summary>
internal static class OutboxStreams
{
    private const long LeaseMicros = 60_000_000, RetryMicros = 2_000_000;

    /// <summary>Takes streams that have something waiting and that nobody else sends from.</summary>
    public static async Task<IReadOnlyList<LeasedStream>> Lease(Session session, int most)
    {
        var free = await session.Query<Row>(
            $"""
            select s.journey, s.destination, s.fence from outbox_stream s
            where {session.Dialect.IsFree("s")} and exists (select 1 from outbox o
                where o.journey = s.journey and o.destination = s.destination and o.state = 0)
            limit @most {session.Dialect.SkipLocked}
            """,
            new { most });
        foreach (var row in free)
        {
            await session.Execute(
                $"""
                update outbox_stream set lease_until = {session.Dialect.Now} + {LeaseMicros}, fence = fence + 1,
                    holder = @holder
                where journey = @Journey and destination = @Destination
                """,
                new { row.Journey, row.Destination, holder = session.Holder });
        }

        return [.. free.Select(row => new LeasedStream(row.Journey, row.Destination, row.Fence + 1))];
    }

    /// <summary>The first unsettled message, or null; null too when the lease was lost.</summary>
    public static async Task<OutgoingMessage?> Next(Session session, LeasedStream stream)
    {
        var row = await session.First<Row>(
            """
            select o.id, o.kind, o.key_id as KeyId, o.body from outbox o
            join outbox_stream s on s.journey = o.journey and s.destination = o.destination and s.fence = @Fence
            where o.journey = @Journey and o.destination = @Destination and o.state = 0
            order by o.sequence limit 1
            """,
            stream);
        return row is null ? null : new OutgoingMessage(row.Id, row.Kind, session.Bodies.Decode(row.Body, row.KeyId));
    }

    /// <summary>Marks a message as safe with its receivers and renews the lease; false when the lease was lost.</summary>
    public static async Task<bool> Settle(Session session, LeasedStream stream, string id)
    {
        var held = await session.Execute(
            $"""
            update outbox_stream set lease_until = {session.Dialect.Now} + {LeaseMicros}
            where journey = @Journey and destination = @Destination and fence = @Fence
            """,
            stream);
        await session.Execute(
            "update outbox set state = 1, settled = @now where id = @id", new { id, now = Micros.From(session.Now) });
        return held == 1;
    }

    /// <summary>Gives a stream back, at once or for a try in a moment.</summary>
    public static Task Release(Session session, LeasedStream stream, bool retryLater) => session.Execute(
        $"""
        update outbox_stream
        set lease_until = case when @later = 1 then {session.Dialect.Now} + {RetryMicros} else 0 end
        where journey = @Journey and destination = @Destination and fence = @Fence
        """,
        new { stream.Journey, stream.Destination, stream.Fence, later = retryLater ? 1L : 0L });

    private sealed class Row
    {
        public string Journey { get; init; } = "";

        public string Destination { get; init; } = "";

        public long Fence { get; init; }

        public string Id { get; init; } = "";

        public string Kind { get; init; } = "";

        public string KeyId { get; init; } = "";

        public byte[] Body { get; init; } = [];
    }
}
