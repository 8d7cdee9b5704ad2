using Messages;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace RegionHandoff.Delivery;

/// <summary>The SQL of what is on its way. The order is kept for each region and journey.</summary>
internal static class Deliveries
{
    /// <summary>Puts a message at the end of its region's line.</summary>
    public static async Task Add(
        Session session, ReceivedMessage message, string region, string? taskId, bool urgent, string channel,
        string? endpointId, string state, string? reason)
    {
        var position = JourneyPosition.Of(message.Header);
        var (body, keyId) = session.Bodies.Encode(message.Bytes);
        await session.Execute(
            """
            insert into delivery (header_id, event, region, number, journey, sender, task_id, endpoint_id, channel,
                urgent, state, reason, created, attempt, next_attempt, sent_again, reported, lease_until, fence,
                key_id, body)
            values (@headerId, @Event, @region, @number, @journey, @sender, @taskId, @endpointId, @channel, @urgent,
                @state, @reason, @now, 0, @now, 0, 0, 0, 0, @keyId, @body)
            """,
            new
            {
                headerId = message.Header.Id, message.Event, region, number = await NextNumber(session, region),
                journey = position?.Journey ?? message.Bundle.Id, sender = position?.Source ?? "", taskId, endpointId,
                channel, urgent = urgent ? 1L : 0L, state, reason, now = Micros.From(session.Now), keyId, body,
            });
    }

    public static Task<DeliveryRow?> Find(Session session, string headerId) => session.First<DeliveryRow>(
        $"select {DeliveryRow.Columns} from delivery d where d.header_id = @headerId", new { headerId });

    /// <summary>Makes it due now, once more than the attempts of the dispatcher.</summary>
    public static Task SendAgain(Session session, string headerId) => session.Execute(
        """
        update delivery set next_attempt = @now, sent = null, sent_again = sent_again + 1 where header_id = @headerId
        """,
        new { headerId, now = Micros.From(session.Now) });

    /// <summary>
    /// The region has read it and cannot take it now: it is sent once more, not before this time. Whoever is about to
    /// send it has lost it.
    /// </summary>
    public static Task SendLater(Session session, string headerId, DateTimeOffset at) => session.Execute(
        """
        update delivery set next_attempt = @at, sent = null, lease_until = 0, fence = fence + 1
        where header_id = @headerId and state = 'waiting'
        """,
        new { headerId, at = Micros.From(at) });

    /// <summary>
    /// The region has it. However late: an acknowledgement is never taken back. False for an unknown id.
    /// </summary>
    public static async Task<bool> Acknowledge(Session session, string headerId)
    {
        await session.Timers.Cancel(AcknowledgementDue.Kind, "MessageHeader", headerId);
        return await session.Execute(
            """
            update delivery set state = 'acknowledged', acknowledged = coalesce(acknowledged, @now), lease_until = 0
            where header_id = @headerId
            """,
            new { headerId, now = Micros.From(session.Now) }) == 1;
    }

    /// <summary>A region that answers a handoff has had it, whatever became of the acknowledgement.</summary>
    public static async Task AcknowledgeHandoff(Session session, string taskId)
    {
        var open = await session.Query<string>(
            "select header_id from delivery where task_id = @taskId and event = @handoff and state <> 'acknowledged'",
            new { taskId, handoff = Events.HandoffRequest });
        foreach (var headerId in open) await Acknowledge(session, headerId);
    }

    /// <summary>
    /// Gives it up; it stays as a row with its reason, for the operator. False when it is no longer waiting.
    /// </summary>
    public static async Task<bool> GiveUp(Session session, string headerId, Undelivered why)
    {
        await session.Timers.Cancel(AcknowledgementDue.Kind, "MessageHeader", headerId);
        return await session.Execute(
            """
            update delivery set state = 'undelivered', reason = @Reason, lease_until = 0
            where header_id = @headerId and state = 'waiting'
            """,
            new { headerId, why.Reason }) == 1;
    }

    /// <summary>Remembers that the sender was told; false when it was told before.</summary>
    public static async Task<bool> MarkReported(Session session, string headerId) => await session.Execute(
        "update delivery set reported = 1 where header_id = @headerId and reported = 0", new { headerId }) == 1;

    /// <summary>
    /// What a region has not acknowledged yet, in order: all of its mailbox, and what its endpoint could not take so
    /// far, so that a region whose endpoint is down need not wait for the next attempt. What it refused is not offered
    /// again.
    /// </summary>
    public static Task<IReadOnlyList<DeliveryRow>> InMailbox(Session session, string region, int most) =>
        session.Query<DeliveryRow>(
            $"""
            select {DeliveryRow.Columns} from delivery d
            where d.region = @region and d.acknowledged is null and d.channel <> 'none'
                and (d.reason is null or d.reason <> @refused)
            order by d.number limit @most
            """,
            new { region, most, refused = Undelivered.RefusedByRegion.Reason });

    /// <summary>What nobody got, the oldest first.</summary>
    public static Task<IReadOnlyList<DeliveryRow>> GivenUp(Session session, int most) => session.Query<DeliveryRow>(
        $"select {DeliveryRow.Columns} from delivery d where d.state = 'undelivered' order by d.created limit @most",
        new { most });

    private static Task<long> NextNumber(Session session, string region) => session.First<long>(
        """
        insert into delivery_line (region, next) values (@region, 2)
        on conflict (region) do update set next = delivery_line.next + 1
        returning next - 1
        """,
        new { region });
}
