using ServiceKit.Storage;
using Endpoint = Fhir.Endpoint;

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
    /// region's queue already holds nothing up while its acknowledgement is awaited. Each comes with its endpoint as the
    /// directory has it now: a region that moves mends it, and what waits follows.
    /// </summary>
    public static async Task<IReadOnlyList<(DeliveryRow Row, Endpoint? Endpoint)>> Lease(
        Session session, string channel, IReadOnlyCollection<string> away, int most)
    {
        var rows = await session.Query<DeliveryRow>(
            $"""
            select {DeliveryRow.Columns} from delivery d
            where d.state = 'waiting' and d.sent is null and d.channel = @channel and d.next_attempt <= @now
                and {session.IsFree("d")} and not (d.region {session.Dialect.Among("@away")})
                and not exists (select 1 from delivery b where b.region = d.region and b.journey = d.journey
                    and b.state = 'waiting' and b.sent is null and b.number < d.number)
            order by d.next_attempt limit @most {session.Dialect.SkipLocked("d")}
            """,
            new { channel, away = away.ToArray(), now = Micros.From(session.Now), most });
        foreach (var row in rows)
            await session.Queue(
                $"""
                update delivery set lease_until = {session.Dialect.Now} + {LeaseMicros}, fence = fence + 1,
                    attempt = attempt + 1, holder = @holder
                where header_id = @headerId
                """,
                ("holder", session.Holder), ("headerId", row.HeaderId));
        List<(DeliveryRow, Endpoint?)> leased = [];
        foreach (var row in rows)
            leased.Add((row, await session.Resources.Get<Endpoint>(Access.Local, row.EndpointId)));
        return leased;
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
    public static Task Move(Session session, DeliveryRow row, Route.By route) => session.Queue(
        """
        update delivery set channel = @channel, endpoint_id = @endpoint, lease_until = 0
        where header_id = @headerId and fence = @fence and state = 'waiting'
        """,
        ("channel", route.Channel), ("endpoint", route.EndpointId), ("headerId", row.HeaderId),
        ("fence", row.Fence + 1));

    private static Task Settle(Session session, DeliveryRow row, string change, long at = 0) => session.Queue(
        $"""
        update delivery set {change}, lease_until = 0
        where header_id = @headerId and fence = @fence and state = 'waiting'
        """,
        ("headerId", row.HeaderId), ("fence", row.Fence + 1), ("at", at));
}
