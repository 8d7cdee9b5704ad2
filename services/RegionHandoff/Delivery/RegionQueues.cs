using RabbitMQ.Client;

namespace RegionHandoff.Delivery;

/// <summary>
/// What stands in a region's virtual host. The names let its user get by with the rights to read <c>inbox</c> and to write
/// <c>outbox</c>: no queue has the exchange's name and no exchange the queue's, so that neither right lets it bind.
/// </summary>
internal static class RegionQueues
{
    /// <summary>The queue that the region reads.</summary>
    public const string Inbox = "inbox";

    /// <summary>The exchange that the region writes.</summary>
    public const string Outbox = "outbox";

    /// <summary>The queue in which we read what the region wrote.</summary>
    public const string FromRegion = "region-handoff.outbox";

    /// <summary>
    /// Declares all of it. Of our instances one at a time reads, and another takes over when that one ends: a region that
    /// writes "accepted" and then "in progress" means it in this order.
    /// </summary>
    public static async Task Declare(IChannel channel, CancellationToken cancel)
    {
        await channel.ExchangeDeclareAsync(Outbox, ExchangeType.Fanout, durable: true, cancellationToken: cancel);
        await Queue(channel, FromRegion, new() { ["x-single-active-consumer"] = true }, cancel);
        await channel.QueueBindAsync(FromRegion, Outbox, "", cancellationToken: cancel);
        // Last: a region that can read may write, and what it writes arrives.
        await Queue(channel, Inbox, [], cancel);
    }

    private static Task Queue(
        IChannel channel, string name, Dictionary<string, object?> arguments, CancellationToken cancel)
    {
        arguments["x-queue-type"] = "quorum";
        return channel.QueueDeclareAsync(
            name, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancel);
    }
}
