using System.Collections.Concurrent;
using Fhir;
using Fhir.Json;
using Messages;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using TestServers;

namespace RegionHandoff.Tests;

/// <summary>A message as it lay in the region's queue.</summary>
internal sealed record InInbox(byte[] Body, IReadOnlyBasicProperties Properties)
{
    public Bundle Bundle { get; } = (Bundle)FhirJson.Read(Body).Resource!;

    /// <summary>The event, or the code of the response.</summary>
    public string Kind => Bundle.MessageHeader().Response?.Code?.GetLiteral()
        ?? ((Coding)Bundle.MessageHeader().Event!).Code!;

    public string? RespondsTo => Bundle.MessageHeader().Response?.Identifier;
}

/// <summary>A region that reads its queue and writes its exchange, over a connection of its own.</summary>
internal sealed class AmqpRegion : IAsyncDisposable
{
    private readonly IConnection connection;
    private readonly IChannel channel;

    private AmqpRegion(IConnection connection, IChannel channel) => (this.connection, this.channel) = (connection, channel);

    /// <summary>All that came, in order; the broker has the region's word that it need not come again.</summary>
    public ConcurrentQueue<InInbox> Inbox { get; } = [];

    /// <summary>What came and is no response to the region's own messages.</summary>
    public IReadOnlyList<InInbox> Sent => [.. Inbox.Where(message => message.RespondsTo is null)];

    /// <summary>Does something with each message when it comes.</summary>
    public Func<InInbox, Task> Reads { get; set; } = _ => Task.CompletedTask;

    public static string Address(TestBackend backend, string code) => $"amqp://localhost/{backend.RegionHost(code)}";

    /// <summary>Forgets what an earlier test left in the virtual host.</summary>
    public static async Task Clean(TestBackend backend, params IEnumerable<string> codes)
    {
        foreach (var code in codes)
        {
            await using var connection = await TestBackend.Broker(backend.RegionHost(code)).CreateConnectionAsync();
            await using var channel = await connection.CreateChannelAsync();
            await channel.QueueDeleteAsync("inbox");
            await channel.QueueDeleteAsync("region-handoff.outbox");
        }
    }

    /// <summary>Begins to read as soon as the queue is there.</summary>
    public static Task<AmqpRegion> Join(TestBackend backend, string code) =>
        Join(TestBackend.Broker(backend.RegionHost(code)));

    /// <summary>The same as the user whose connections are opened.</summary>
    public static async Task<AmqpRegion> Join(ConnectionFactory broker)
    {
        var connection = await broker.CreateConnectionAsync();
        await RunningRegionHandoff.Until(() => Exists(connection));
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var region = new AmqpRegion(connection, channel);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            var message = new InInbox(delivery.Body.ToArray(), new BasicProperties(delivery.BasicProperties));
            region.Inbox.Enqueue(message);
            await region.Reads(message);
            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
        };
        await channel.BasicConsumeAsync("inbox", autoAck: false, consumer);
        return region;
    }

    /// <summary>Writes to the exchange; returns when the broker has it.</summary>
    public async Task Write(byte[] body) => await channel.BasicPublishAsync(
        "outbox", "", mandatory: true, new BasicProperties { ContentType = "application/fhir+json" }, body);

    public Task Write(Bundle message) => Write(FhirJson.Write(message));

    /// <summary>Responds to a message with a code.</summary>
    public Task Respond(string? headerId, ResponseType code = ResponseType.Ok)
    {
        var header = new MessageHeader { Id = headerId, Event = new Coding(Systems.MessageEvent, Events.HandoffRequest) };
        var response = MessageBundle.Answer(header, "a-region", DateTimeOffset.UnixEpoch.AddYears(56), []);
        response.MessageHeader().Response!.Code = code;
        return Write(response);
    }

    public Task Respond(InInbox message, ResponseType code = ResponseType.Ok) =>
        Respond(message.Bundle.MessageHeader().Id, code);

    /// <summary>The response to a message of the region's own.</summary>
    public async Task<InInbox> AnswerTo(Bundle message, int number = 1)
    {
        var id = message.MessageHeader().Id;
        await RunningRegionHandoff.Until(() => Inbox.Count(answer => answer.RespondsTo == id) >= number);
        return Inbox.Where(answer => answer.RespondsTo == id).ElementAt(number - 1);
    }

    /// <summary>Waits for a message that was sent to the region.</summary>
    public async Task<InInbox> Gets(Bundle message)
    {
        await RunningRegionHandoff.Until(() => Sent.Any(sent => sent.Bundle.Id == message.Id));
        return Sent.First(sent => sent.Bundle.Id == message.Id);
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }

    private static async Task<bool> Exists(IConnection connection)
    {
        await using var channel = await connection.CreateChannelAsync();
        try
        {
            await channel.QueueDeclarePassiveAsync("inbox");
            return true;
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return false;
        }
    }
}
