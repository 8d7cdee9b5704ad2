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

    /// <summary>Marks a message that this transaction began as held: it came before its turn.</summary>
    public static Task Hold(Session session, InboxKey key) => session.Queue(
        """
        update inbox set state = 'held', attempt = attempt - 1, lease_until = 0
        where organisation = @organisation and bundle_id = @bundle and header_id = @header and consumer = @consumer
        """,
        ("organisation", key.Organisation), ("bundle", key.BundleId), ("header", key.HeaderId),
        ("consumer", key.Consumer));

    /// <summary>Gives the turn to the number behind this one. A number that has had its turn changes nothing.</summary>
    public static Task Advance(Session session, JourneyPosition position) => Pass(session, position, position.Number);

    /// <summary>
    /// Gives the turn to those behind messages that were parked: a message that waits for an operator must not stop the
    /// innocent ones of its journey.
    /// </summary>
    public static async Task PassParked(Session session, JourneyPosition position) =>
        await Pass(session, position, await Lock(session, position) - 1);

    // The turn after a number goes to the next one that is not parked.
    private static Task Pass(Session session, JourneyPosition position, long done) => session.Queue(
        """
        update inbox_stream set next = (
            with recursive parked (number) as (
                select @done + 1
                union all
                select number + 1 from parked where exists (select 1 from inbox
                    where source = @source and journey = @journey and sequence = number and state = 'parked'))
            select max(number) from parked)
        where source = @source and journey = @journey and next in (@done, @done + 1)
        """,
        ("source", position.Source), ("journey", position.Journey), ("done", done));

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
}
