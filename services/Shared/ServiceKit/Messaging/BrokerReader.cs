using Messages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using ServiceKit.Hosting;

namespace ServiceKit.Messaging;

/// <summary>
/// Brings what stands in the queues of this process's services to their inboxes, over one connection that is opened again
/// whenever it ends. It declares every queue of <see cref="MessageCatalogue"/> first, so that what is sent to a service that
/// never started waits in its queue; until that has gone through, messages come back unrouted and stay in the outbox.
/// </summary>
public sealed partial class BrokerReader(
    BusOptions options, IEnumerable<BusQueues> services, TimeProvider time, ILogger<BrokerReader> log) : BackgroundService, IServiceProbe
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BeginWithin = TimeSpan.FromSeconds(20);

    // What is in hand when a connection ends goes on to its end; only the end of the process cuts it off.
    private readonly CancellationTokenSource cut = new();

    private volatile bool reads;
    private int inHand;

    // When the log heard last that the broker is away; null while it is there.
    private long? told;

    public string Name => "bus";

    // What has to leave waits in the outbox.
    public bool IsNeededToServe => false;

    public Task<bool> IsReady(CancellationToken cancel) => Task.FromResult(reads);

    public override void Dispose()
    {
        cut.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Read(stoppingToken);
                Away("the connection ended");
            }
            catch (Exception fault)
            {
                if (stoppingToken.IsCancellationRequested) return;
                // The innermost tells a broker that is down from one that does not accept the password or is not trusted.
                Away(fault.GetBaseException().GetType().Name);
            }

            await Task.Delay(TryAgain, TimeProvider.System, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Returns when the connection has ended by itself.
    private async Task Read(CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(BeginWithin);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var connection = await options.Factory().CreateConnectionAsync(limit.Token).WaitAsync(limit.Token);
        List<(IChannel Channel, string Tag)> consumers = [];
        try
        {
            connection.ConnectionShutdownAsync += (_, _) => End(ended);
            // A broker that dies meanwhile may leave it waiting for ever.
            await Begin(connection, consumers, ended, limit.Token).WaitAsync(limit.Token);
            if (!connection.IsOpen) throw new IOException("The connection has ended.");
            reads = true;
            Back();
            await ended.Task.WaitAsync(stop);
        }
        finally
        {
            reads = false;
            if (stop.IsCancellationRequested) await Finish(consumers);
            var closing = connection.CloseAside();
            if (stop.IsCancellationRequested)
                await closing.WaitAsync(BusQueue.FinishWithin, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Begin(
        IConnection connection, List<(IChannel, string)> consumers, TaskCompletionSource ended, CancellationToken limit)
    {
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: limit))
            await Declare(channel, limit);
        foreach (var queue in services.SelectMany(service => service.All))
        {
            var channel = await connection.CreateChannelAsync(new CreateChannelOptions(
                publisherConfirmationsEnabled: false, publisherConfirmationTrackingEnabled: false,
                consumerDispatchConcurrency: BusQueue.AtOnce), limit);
            channel.ChannelShutdownAsync += (_, _) => End(ended);
            await channel.BasicQosAsync(0, BusQueue.AtHand, global: false, limit);
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, delivery) => Receive(queue, channel, delivery);
            // Also where the broker says that the queue is gone.
            consumer.UnregisteredAsync += (_, _) => End(ended);
            consumers.Add((channel, await channel.BasicConsumeAsync(queue.Queue, autoAck: false, consumer, limit)));
        }
    }

    // Bound to the messages' exchanges, so that nobody needs the right to read or write another service's queue.
    private static async Task Declare(IChannel channel, CancellationToken cancel)
    {
        foreach (var kind in MessageCatalogue.All)
        {
            await channel.ExchangeDeclareAsync(kind.Exchange, ExchangeType.Fanout, durable: true, cancellationToken: cancel);
            await channel.QueueDeclareAsync(
                kind.Queue, durable: true, exclusive: false, autoDelete: false,
                arguments: new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancel);
            await channel.QueueBindAsync(kind.Queue, kind.Exchange, "", cancellationToken: cancel);
        }
    }

    // What is not acknowledged to the broker comes again.
    private async Task Receive(BusQueue queue, IChannel channel, BasicDeliverEventArgs delivery)
    {
        Interlocked.Increment(ref inHand);
        try
        {
            if (await IsTaken(queue, delivery.Body.ToArray()))
                await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, CancellationToken.None);
            else
                await channel.BasicNackAsync(delivery.DeliveryTag, multiple: false, requeue: true, CancellationToken.None);
        }
        catch (Exception)
        {
            // The channel has ended, and its end is known.
        }
        finally
        {
            Interlocked.Decrement(ref inHand);
        }
    }

    private async Task<bool> IsTaken(BusQueue queue, byte[] body)
    {
        try
        {
            await queue.Receive(body, cut.Token);
            return true;
        }
        catch (Exception fault) when (!cut.IsCancellationRequested)
        {
            LogFault(queue.Queue, fault.GetType().Name);
            await Task.Delay(TryAgain, TimeProvider.System, cut.Token);
            return false;
        }
    }

    // What is in hand is finished before the process ends.
    private async Task Finish(List<(IChannel Channel, string Tag)> consumers)
    {
        using var limit = new CancellationTokenSource(BusQueue.FinishWithin);
        try
        {
            foreach (var (channel, tag) in consumers)
                await channel.BasicCancelAsync(tag, noWait: false, limit.Token).WaitAsync(limit.Token);
            while (Volatile.Read(ref inHand) > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
        catch (Exception)
        {
            // It comes again, to whoever reads the queue then.
        }

        await cut.CancelAsync();
    }

    private void Away(string fault)
    {
        if (told is { } last && time.GetElapsedTime(last) < BetweenLines) return;
        told = time.GetTimestamp();
        LogAway(fault);
    }

    private void Back()
    {
        if (told is null) return;
        told = null;
        LogBack();
    }

    private static Task End(TaskCompletionSource ended)
    {
        ended.TrySetResult();
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The broker is away ({Fault}); messages wait")]
    private partial void LogAway(string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "The broker is back")]
    private partial void LogBack();

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message of {Queue} could not be taken ({Fault}); it comes again")]
    private partial void LogFault(string queue, string fault);
}
