using ServiceKit.Storage;

namespace RegionHandoff.Delivery;

/// <summary>
/// The SQL of who may send what, now. Leases use the database's time and a fence that only grows: who lost one changes
/// nothing.
/// </summary>
internal static class DeliveryLeases
{
    private const long LeaseMicros = 45_000_000;

    /// <summary>
    /// Takes what is due by a channel, of each region and journey only the first that has not been sent. What lies in a
    /// region's queue already holds nothing up while its acknowledgement is awaited.
    /// </summary>
    public static async Task<IReadOnlyList<DeliveryRow>> Lease(
        Session session, string channel, IReadOnlyCollection<string> away, int most)
    {
        var rows = await session.Query<DeliveryRow>(
            $"""
            select {DeliveryRow.Columns} from delivery d
            where d.state = 'waiting' and d.sent is null and d.channel = @channel and d.next_attempt <= @now
                and {session.Dialect.IsFree("d")} and not (d.region {session.Dialect.Among("@away")})
                and not exists (select 1 from delivery b where b.region = d.region and b.journey = d.journey
                    and b.state = 'waiting' and b.sent is null and b.number < d.number)
            order by d.next_attempt limit @most {session.Dialect.SkipLocked("d")}
            """,
            new { channel, away = away.ToArray(), now = Micros.From(session.Now), most });
        if (rows.Count > 0)
        {
            await session.Execute(
                $"""
                update delivery set lease_until = {session.Dialect.Now} + {LeaseMicros}, fence = fence + 1,
                    attempt = attempt + 1, holder = @Holder
                where header_id {session.Dialect.Among("@taken")}
                """,
                new { session.Holder, taken = rows.Select(row => row.HeaderId).ToArray() });
        }

        return rows;
    }

    /// <summary>Gives a delivery back for a later attempt.</summary>
    public static Task TryAgain(Session session, DeliveryRow row, DateTimeOffset at) =>
        Settle(session, row, "next_attempt = @at", Micros.From(at));

    /// <summary>Gives a delivery back as if it had not been taken.</summary>
    public static Task GiveBack(Session session, DeliveryRow row) => Settle(session, row, "attempt = attempt - 1");

    /// <summary>Remembers that it lies in the region's queue.</summary>
    public static Task Sent(Session session, DeliveryRow row) =>
        Settle(session, row, "sent = @at", Micros.From(session.Now));

    /// <summary>Lets it go another way, at once.</summary>
    public static Task Move(Session session, DeliveryRow row, Route.By route) => session.Execute(
        """
        update delivery set channel = @Channel, endpoint_id = @EndpointId, lease_until = 0
        where header_id = @HeaderId and fence = @fence and state = 'waiting'
        """,
        new { route.Channel, route.EndpointId, row.HeaderId, fence = row.Fence + 1 });

    private static Task<int> Settle(Session session, DeliveryRow row, string change, long at = 0) => session.Execute(
        $"""
        update delivery set {change}, lease_until = 0
        where header_id = @HeaderId and fence = @fence and state = 'waiting'
        """,
        new { row.HeaderId, fence = row.Fence + 1, at });
}
