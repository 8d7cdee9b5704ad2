using Messages;
using ServiceKit.Storage;

namespace ServiceKit.Messaging;

/// <summary>
/// Keeps the order of each journey on the receiving side: a message that comes before its turn is held in the inbox until
/// those before it are done.
/// </summary>
public static class JourneyOrder
{
    /// <summary>The number whose turn it is, with the journey locked for this transaction.</summary>
    public static async Task<long> Lock(Session session, JourneyPosition position) => await session.First<long>(
        """
        insert into inbox_stream (source, journey, next) values (@Source, @Journey, 1)
        on conflict (source, journey) do update set next = inbox_stream.next
        returning next
        """, position);

    /// <summary>Marks a message as held, when it came before its turn.</summary>
    public static Task Hold(Session session, InboxKey key, long fence) => session.Execute(
        """
        update inbox set state = 'held', attempt = attempt - 1, lease_until = 0
        where organisation = @Organisation and bundle_id = @BundleId and header_id = @HeaderId
            and consumer = @Consumer and fence = @fence
        """,
        new { fence, key.Organisation, key.BundleId, key.HeaderId, key.Consumer });

    /// <summary>Gives the turn to the number behind this one. A number that has had its turn changes nothing.</summary>
    public static async Task Advance(Session session, JourneyPosition position)
    {
        await session.Execute(
            "update inbox_stream set next = @Number + 1 where source = @Source and journey = @Journey and next = @Number",
            position);
        await SkipParked(session, position);
    }

    /// <summary>
    /// Gives the turn to those behind messages that were parked: a message that waits for an operator must not stop the
    /// innocent ones of its journey.
    /// </summary>
    public static async Task<int> PassParked(Session session, JourneyPosition position)
    {
        await Lock(session, position);
        return await SkipParked(session, position);
    }

    /// <summary>The held message whose turn it is now, or null.</summary>
    public static async Task<HeldMessage?> NextHeld(Session session, JourneyPosition position)
    {
        var row = await session.First<HeldMessage.Row>(
            $"""
            select {HeldMessage.Row.Columns} from inbox i join inbox_stream s on s.source = i.source and s.journey = i.journey
            where i.state = 'held' and i.source = @Source and i.journey = @Journey and i.sequence = s.next
            """, position);
        return row?.Open(session);
    }

    // One number a round, until the next in turn is not parked. Returns how many were skipped.
    private static async Task<int> SkipParked(Session session, JourneyPosition position)
    {
        var skipped = 0;
        while (await session.Execute(
            """
            update inbox_stream set next = next + 1
            where source = @Source and journey = @Journey and exists (select 1 from inbox i
                where i.source = inbox_stream.source and i.journey = inbox_stream.journey
                    and i.sequence = inbox_stream.next and i.state = 'parked')
            """,
            position) > 0) skipped++;
        return skipped;
    }
}
