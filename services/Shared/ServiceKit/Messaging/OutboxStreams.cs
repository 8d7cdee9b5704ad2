using ServiceKit.Storage;

namespace ServiceKit.Messaging;

/// <summary>What waits in a stream (one journey to one destination), which this dispatcher alone sends from.</summary>
public sealed record LeasedStream(
    string Journey, string Destination, long Fence, IReadOnlyList<OutgoingMessage> Waiting);

/// <summary>A message that has to leave.</summary>
public sealed record OutgoingMessage(string Id, string Kind, byte[] Body);

/// <summary>What became of a leased stream: the messages that are safe with their receivers, and whether that is all.</summary>
public sealed record SentStream(LeasedStream Stream, IReadOnlyList<string> Safe, bool All);

/// <summary>The SQL of the outbox's streams. Leases use the database's time and a fence that only grows.</summary>
internal static class OutboxStreams
{
    private const long LeaseMicros = 60_000_000, RetryMicros = 2_000_000;

    // Streams that are looked at, and messages that are read, in one go.
    private const int MostStreams = 1000, MostMessages = 256;

    /// <summary>Takes streams that have something waiting and that nobody else sends from, with what waits in them.</summary>
    public static async Task<IReadOnlyList<LeasedStream>> Lease(Session session, int most)
    {
        var leased = await session.Query<StreamRow>(
            $"""
            update outbox_stream set lease_until = {session.Dialect.Now} + {LeaseMicros}, fence = fence + 1,
                holder = @Holder
            where (journey, destination) in (
                select s.journey, s.destination
                from (select distinct journey, destination from outbox where state = 0 limit {MostStreams}) o
                join outbox_stream s on s.journey = o.journey and s.destination = o.destination
                where {session.IsFree("s")}
                limit @most {session.Dialect.SkipLocked("s")})
            returning journey, destination, fence
            """,
            new { session.Holder, most });
        if (leased.Count == 0) return [];
        var waiting = await session.Query<MessageRow>(
            $"""
            select id, kind, journey, destination, key_id as KeyId, body from outbox
            where state = 0 and journey {session.Dialect.Among("@journeys")}
            order by journey, destination, sequence limit {MostMessages}
            """,
            new { journeys = leased.Select(row => row.Journey).Distinct(StringComparer.Ordinal).ToArray() });
        var messages = waiting.ToLookup(
            row => (row.Journey, row.Destination),
            row => new OutgoingMessage(row.Id, row.Kind, session.Bodies.Decode(row.Body, row.KeyId)));
        return [.. leased.Select(row => new LeasedStream(
            row.Journey, row.Destination, row.Fence, [.. messages[(row.Journey, row.Destination)]]))];
    }

    /// <summary>Gives back what this process holds of other journeys than these.</summary>
    public static Task GiveBack(Session session, IEnumerable<string> except) => session.Execute(
        $"""
        update outbox_stream set lease_until = 0
        where holder = @Holder and lease_until > 0 and not (journey {session.Dialect.Among("@except")})
        """,
        new { session.Holder, except = except.Distinct(StringComparer.Ordinal).ToArray() });

    /// <summary>
    /// Marks messages as safe and gives their streams back, at once or for a try in a moment; returns how many messages
    /// wait in each. A stream that another has taken meanwhile stays with it.
    /// </summary>
    public static async Task<IReadOnlyList<Queued>> Settle(Session session, IEnumerable<SentStream> sent)
    {
        List<Queued> given = [];
        foreach (var (stream, safe, all) in sent)
        {
            foreach (var id in safe)
                await session.Queue(
                    "update outbox set state = 1, settled = @now where id = @id",
                    ("id", id), ("now", Micros.From(session.Now)));
            given.Add(await session.Queue(
                $"""
                update outbox_stream set lease_until = {(all ? "0" : $"{session.Dialect.Now} + {RetryMicros}")}
                where journey = @journey and destination = @destination and fence = @fence
                returning (select count(*) from outbox
                    where state = 0 and journey = @journey and destination = @destination)
                """,
                ("journey", stream.Journey), ("destination", stream.Destination), ("fence", stream.Fence)));
        }

        return given;
    }

    private sealed class StreamRow
    {
        public string Journey { get; init; } = "";

        public string Destination { get; init; } = "";

        public long Fence { get; init; }
    }

    private sealed class MessageRow
    {
        public string Id { get; init; } = "";

        public string Kind { get; init; } = "";

        public string Journey { get; init; } = "";

        public string Destination { get; init; } = "";

        public string KeyId { get; init; } = "";

        public byte[] Body { get; init; } = [];
    }
}
