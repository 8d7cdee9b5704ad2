using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace RegionHandoff.Delivery;

/// <summary>
/// One connection to the virtual host of one region: messages go to its queue <c>inbox</c>, and what it puts into the
/// exchange <c>outbox</c> is read and answered. When it ends, it is opened again until it is no longer wanted.
/// </summary>
public sealed partial class RegionConnection(
    string region, AmqpOptions options, RegionOutbox outbox, Action up, LineASecond lines, ILogger<RegionConnection> log)
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    private Line? open;

    /// <summary>Whether messages can be sent.</summary>
    public bool IsUp => Volatile.Read(ref open) is not null;

    /// <summary>
    /// Puts a message into the region's inbox, while others are on their way there. <see cref="RegionAnswer.Sent"/> means
    /// that the broker has it safe in that queue.
    /// </summary>
    public async Task<RegionAnswer> Publish(byte[] message, CancellationToken cancel)
    {
        if (Volatile.Read(ref open) is not { } line) return new RegionAnswer.Away();
        try
        {
            var properties = new BasicProperties { ContentType = "application/fhir+json", Persistent = true };
            // Not cancelled itself: a publish that is given up half-way upsets the client's count of confirms.
            await line.Channel.BasicPublishAsync("", RegionQueues.Inbox, mandatory: true, properties, message, default)
                .AsTask().WaitAsync(options.ConfirmWithin, cancel);
            return new RegionAnswer.Sent();
        }
        catch (Exception fault) when (fault is TimeoutException or PublishException { IsReturn: false })
        {
            // The broker is slow, or the queue is full.
            return new RegionAnswer.NotNow(null);
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            // The connection has ended, or the queue is gone: connecting anew declares it.
            Lose(line);
            return new RegionAnswer.Away();
        }
    }

    /// <summary>Stays connected until it is cancelled; never throws.</summary>
    public async Task Run(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await Connected(cancel);
                if (lines.IsDue()) LogAway(region, "the connection ended");
            }
            catch (Exception fault)
            {
                if (cancel.IsCancellationRequested) return;
                if (lines.IsDue()) LogAway(region, Cause(fault));
            }

            await Task.Delay(TryAgain, TimeProvider.System, cancel)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Returns when the connection has ended by itself.
    private async Task Connected(CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await using var connection = await options.FactoryOf(region).CreateConnectionAsync(cancel);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(
            publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancel);
        await using var reading = await connection.CreateChannelAsync(cancellationToken: cancel);
        var line = new Line(channel);
        Watch(connection, reading, line);
        await RegionQueues.Declare(channel, cancel);
        await Read(reading, line, stop.Token);
        Lift(line);
        if (lines.IsDue()) LogUp(region);
        try
        {
            await line.Ended.Task.WaitAsync(cancel);
        }
        finally
        {
            Lose(line);
            await stop.CancelAsync();
        }
    }

    private void Watch(IConnection connection, IChannel reading, Line line)
    {
        Task Ended(object sender, ShutdownEventArgs reason)
        {
            Lose(line);
            return Task.CompletedTask;
        }

        connection.ConnectionShutdownAsync += Ended;
        line.Channel.ChannelShutdownAsync += Ended;
        reading.ChannelShutdownAsync += Ended;
        // A broker that is short of disk or memory takes nothing; it says so, and when that is over.
        connection.ConnectionBlockedAsync += (_, _) =>
        {
            Interlocked.CompareExchange(ref open, null, line);
            return Task.CompletedTask;
        };
        connection.ConnectionUnblockedAsync += (_, _) =>
        {
            Lift(line);
            return Task.CompletedTask;
        };
    }

    private async Task Read(IChannel reading, Line line, CancellationToken cancel)
    {
        await reading.BasicQosAsync(0, options.Prefetch, global: false, cancel);
        var consumer = new AsyncEventingBasicConsumer(reading);
        consumer.ReceivedAsync += (_, delivery) => Receive(reading, delivery, line, cancel);
        await reading.BasicConsumeAsync(RegionQueues.FromRegion, autoAck: false, consumer, cancel);
    }

    // What is not acknowledged to the broker comes again, over the next connection.
    private async Task Receive(IChannel reading, BasicDeliverEventArgs delivery, Line line, CancellationToken cancel)
    {
        try
        {
            var answer = await outbox.Take(region, delivery.Body.ToArray(), cancel);
            while (answer is not null && await Publish(answer, cancel) is not RegionAnswer.Sent)
                await Task.Delay(TryAgain, TimeProvider.System, cancel);
            await reading.BasicAckAsync(delivery.DeliveryTag, multiple: false, cancel);
        }
        catch (Exception)
        {
            Lose(line);
        }
    }

    private void Lift(Line line)
    {
        if (line.Ended.Task.IsCompleted) return;
        Volatile.Write(ref open, line);
        up();
    }

    private void Lose(Line line)
    {
        Interlocked.CompareExchange(ref open, null, line);
        line.Ended.TrySetResult();
    }

    private static string Cause(Exception fault) => fault.GetBaseException() switch
    {
        OperationInterruptedException { ShutdownReason: { } reason } => $"the broker says {reason.ReplyCode}",
        var cause => cause.GetType().Name,
    };

    private sealed record Line(IChannel Channel)
    {
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Region {Region} is out of reach over AMQP ({Fault}); what is for it waits")]
    private partial void LogAway(string region, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "Region {Region} is reached over AMQP")]
    private partial void LogUp(string region);
}
