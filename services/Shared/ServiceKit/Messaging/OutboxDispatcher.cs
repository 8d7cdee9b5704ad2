using MassTransit;
using Messages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceKit.Storage;

namespace ServiceKit.Messaging;

/// <summary>
/// Sends what the outbox holds. It leases streams (one journey to one destination) and sends number n + 1 of a stream only
/// after n is settled; streams go side by side. No transaction is open while it waits.
/// </summary>
public sealed partial class OutboxDispatcher<TDatabase>(
    TDatabase database, IBus bus, ISettlements settlements, IHostApplicationLifetime lifetime,
    ILogger<OutboxDispatcher<TDatabase>> log)
    : BackgroundService where TDatabase : ServiceDatabase
{
    private const int StreamsAtOnce = 64;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SettleWithin = TimeSpan.FromSeconds(20);

    // A confirm alone does not say that anybody's queue has the message: without one it must come back.
    private static readonly IPipe<PublishContext> Mandatory = Pipe.Execute<PublishContext>(context =>
    {
        if (context.TryGetPayload(out RabbitMqSendContext? rabbit)) rabbit.Mandatory = true;
    });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The bus takes nothing, and in memory even drops it, before all of the process has started.
        await lifetime.ApplicationStarted.AsTask(stoppingToken);
        using var places = new SemaphoreSlim(StreamsAtOnce);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var streams = await database.Write(
                    session => OutboxStreams.Lease(session, places.CurrentCount), stoppingToken);
                foreach (var stream in streams)
                {
                    await places.WaitAsync(stoppingToken);
                    _ = Run(stream, places, stoppingToken);
                }

                if (streams.Count == 0) await database.OutboxFilled.Wait(LookAgain, stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFault(fault.GetType().Name);
                await Task.Delay(LookAgain, TimeProvider.System, stoppingToken);
            }
        }
    }

    private async Task Run(LeasedStream stream, SemaphoreSlim places, CancellationToken cancel)
    {
        var sentAll = false;
        try
        {
            sentAll = await Send(stream, cancel);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            LogFault(fault.GetType().Name);
        }
        finally
        {
            places.Release();
        }

        if (cancel.IsCancellationRequested) return;
        try
        {
            await database.Write(session => OutboxStreams.Release(session, stream, retryLater: !sentAll), cancel);
            if (sentAll) database.OutboxFilled.Set();
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            // The lease runs out by itself.
            LogFault(fault.GetType().Name);
        }
    }

    private async Task<bool> Send(LeasedStream stream, CancellationToken cancel)
    {
        while (await database.Read(session => OutboxStreams.Next(session, stream), cancel) is { } message)
        {
            var kind = MessageCatalogue.Find(message.Kind)
                ?? throw new InvalidOperationException("The outbox holds a kind of message that is not in the list.");
            var safe = settlements.Expect(message.Id, kind);
            try
            {
                await bus.Publish(kind.Wrap(message.Body), kind.Type, Mandatory, cancel);
                await safe.WaitAsync(SettleWithin, cancel);
            }
            catch (TimeoutException)
            {
                return false;
            }
            finally
            {
                settlements.Forget(message.Id);
            }

            if (!await database.Write(session => OutboxStreams.Settle(session, stream, message.Id), cancel)) return true;
        }

        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox could not send: {Fault}; it tries again")]
    private partial void LogFault(string fault);
}
