using Messages;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using ServiceKit.Hosting;

namespace ServiceKit.Messaging;

/// <summary>
/// Publishes messages to the queues of who takes them, over one connection of this process, many at once. A broker's confirm of
/// a mandatory message says that it is safe there. A connection that ends, or that does not confirm in time, is given up with
/// all that waits for it, and the next message opens another.
/// </summary>
public sealed class BrokerSender(BusOptions options) : IBusSender, IAsyncDisposable
{
    // Says a message's kind to whoever looks at a queue; no reader of ours asks for it.
    private const string KindHeader = "fhir-message";

    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private Task<Line>? line;

    public async Task Send(MessageKind kind, OutgoingMessage message, CancellationToken cancel)
    {
        var open = await Open().WaitAsync(cancel);
        var properties = new BasicProperties
        {
            ContentType = "application/fhir+json", Persistent = true, MessageId = message.Id,
            Headers = new Dictionary<string, object?> { [KindHeader] = kind.Name },
        };
        try
        {
            // Not cancelled itself: a publish that is given up half-way upsets the client's count of confirms.
            var confirmed = open.Channel.BasicPublishAsync(
                kind.Exchange, "", mandatory: true, properties, message.Body, CancellationToken.None).AsTask();
            if (await Task.WhenAny(confirmed, open.Ended).WaitAsync(ConfirmWithin, cancel) != confirmed)
                throw new IOException("The connection has ended.");
            await confirmed;
        }
        catch (Exception fault) when (fault is not PublishException && !cancel.IsCancellationRequested)
        {
            _ = open.End();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task<Line>? last;
        lock (gate) last = line;
        if (last is not { IsCompletedSuccessfully: true }) return;
        await (await last).End().WaitAsync(ConnectWithin).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // One for all that want it; what failed or has ended is tried anew by the next.
    private Task<Line> Open()
    {
        lock (gate)
        {
            var isGone = line is null or { IsFaulted: true } or { IsCanceled: true }
                or { IsCompletedSuccessfully: true, Result.Ended.IsCompleted: true };
            return isGone ? line = Connect() : line!;
        }
    }

    private async Task<Line> Connect()
    {
        using var limit = new CancellationTokenSource(ConnectWithin);
        var connection = await options.Factory().CreateConnectionAsync(limit.Token).WaitAsync(limit.Token);
        var open = new Line(connection);
        try
        {
            await open.Begin(limit.Token).WaitAsync(limit.Token);
            return open;
        }
        catch
        {
            _ = open.End();
            throw;
        }
    }

    private sealed class Line(IConnection connection)
    {
        private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IChannel Channel { get; private set; } = null!;

        /// <summary>Ends with the connection.</summary>
        public Task Ended => ended.Task;

        public async Task Begin(CancellationToken cancel)
        {
            connection.ConnectionShutdownAsync += Shut;
            Channel = await connection.CreateChannelAsync(new CreateChannelOptions(
                publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancel);
            Channel.ChannelShutdownAsync += Shut;
            // It may have ended before anybody listened.
            if (!Channel.IsOpen) throw new IOException("The connection has ended.");
        }

        /// <summary>Nobody need wait for the closing.</summary>
        public Task End() => ended.TrySetResult() ? connection.CloseAside() : Task.CompletedTask;

        private Task Shut(object sender, ShutdownEventArgs reason)
        {
            _ = End();
            return Task.CompletedTask;
        }
    }
}
