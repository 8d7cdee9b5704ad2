namespace RegionHandoff.Delivery;

/// <summary>A delivery as its row tells it, without the body.</summary>
public sealed class DeliveryRow
{
    public string HeaderId { get; init; } = "";

    public string Event { get; init; } = "";

    public string Region { get; init; } = "";

    public string Journey { get; init; } = "";

    public string Sender { get; init; } = "";

    public string EndpointId { get; init; } = "";

    public string Channel { get; init; } = "";

    public long Urgent { get; init; }

    public string State { get; init; } = "";

    public string Reason { get; init; } = "";

    public long Created { get; init; }

    public long Attempt { get; init; }

    public long SentAgain { get; init; }

    public long Reported { get; init; }

    public long Fence { get; init; }

    public string KeyId { get; init; } = "";

    public byte[] Body { get; init; } = [];

    internal const string Columns =
        """
        d.header_id as HeaderId, d.event, d.region, d.journey, d.sender, coalesce(d.endpoint_id, '') as EndpointId,
        d.channel, d.urgent, d.state, coalesce(d.reason, '') as Reason, d.created, d.attempt, d.sent_again as SentAgain,
        d.reported, d.fence, d.key_id as KeyId, d.body
        """;

    /// <summary>Values of the column <c>state</c>.</summary>
    public static class States
    {
        public const string Waiting = "waiting", Acknowledged = "acknowledged", Undelivered = "undelivered";
    }

    /// <summary>Values of the column <c>channel</c>.</summary>
    public static class Channels
    {
        public const string Rest = "rest", Amqp = "amqp", Mailbox = "mailbox", None = "none";
    }
}
