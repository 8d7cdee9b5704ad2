using System.Collections.Concurrent;
using System.Threading.Channels;
using Messages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceKit.Storage;

namespace ServiceKit.Messaging;

/// <summary>
/// Sends what the outbox holds. It leases streams (one journey to one destination) and sends number n + 1 of a stream only
/// after n is safe; streams go side by side, many to a transaction. No transaction is open while it waits.
/// </summary>
public sealed partial class OutboxDispatcher<TDatabase>(
    TDatabase database, IBusSender sender, IHostApplicationLifetime lifetime,
    ILogger<OutboxDispatcher<TDatabase>> log)
    : BackgroundService where TDatabase : ServiceDatabase
{
    private const int StreamsAtOnce = 64;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(15);

    private readonly Channel<SentStream> sent = Channel.CreateUnbounded<SentStream>();
    private readonly SemaphoreSlim places = new(StreamsAtOnce);

    // The streams that this dispatcher knows to be its own, with their fences.
    private readonly ConcurrentDictionary<(string Journey, string Destination), long> held = new();

    private bool mayHoldMore;

    public override void Dispose()
    {
        places.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Before all of the process has started nobody reads the bus.
        await lifetime.ApplicationStarted.AsTask(stoppingToken);
        await Task.WhenAll(Again(SendWaiting, stoppingToken), Again(SettleSent, stoppingToken));
    }

    private async Task Again(Func<CancellationToken, Task> round, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await round(cancel);
            }
            catch (Exception fault) when (!cancel.IsCancellationRequested)
            {
                LogFault(fault.GetType().Name);
                await Task.Delay(LookAgain, TimeProvider.System, cancel);
            }
        }
    }

    private async Task SendWaiting(CancellationToken cancel)
    {
        await places.WaitAsync(cancel);
        var free = places.Release() + 1;
        var streams = await Lease(free, cancel);
        foreach (var stream in streams)
        {
            held[(stream.Journey, stream.Destination)] = stream.Fence;
            await places.WaitAsync(cancel);
            _ = Run(stream, cancel);
        }

        // Fewer than it could take are all that there are.
        if (streams.Count < free) await database.OutboxFilled.Wait(LookAgain, cancel);
    }

    // A database that dies may have stored a lease that nobody was told of: without this its streams would wait until it
    // runs out.
    private async Task<IReadOnlyList<LeasedStream>> Lease(int free, CancellationToken cancel)
    {
        if (mayHoldMore)
            await database.Write(
                session => OutboxStreams.GiveBack(session, held.Keys.Select(stream => stream.Journey)), cancel);
        mayHoldMore = true;
        var streams = await database.Write(session => OutboxStreams.Lease(session, free), cancel);
        mayHoldMore = false;
        return streams;
    }

    private async Task Run(LeasedStream stream, CancellationToken cancel)
    {
        List<string> safe = [];
        try
        {
            foreach (var message in stream.Waiting)
            {
                await Send(message, cancel);
                safe.Add(message.Id);
            }
        }
        catch (Exception fault)
        {
            if (!cancel.IsCancellationRequested) LogFault(fault.GetType().Name);
        }

        sent.Writer.TryWrite(new SentStream(stream, safe, safe.Count == stream.Waiting.Count));
        places.Release();
    }

    private async Task Send(OutgoingMessage message, CancellationToken cancel)
    {
        var kind = MessageCatalogue.Find(message.Kind)
            ?? throw new InvalidOperationException("The outbox holds a kind of message that is not in the list.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(SendWithin);
        // What neither ends nor can be broken off must not keep its place for ever.
        await sender.Send(kind, message, limit.Token).WaitAsync(limit.Token);
    }

    // Until this is written a message is sent again after a crash, and its receivers know it.
    private async Task SettleSent(CancellationToken cancel)
    {
        await sent.Reader.WaitToReadAsync(cancel);
        List<SentStream> batch = [];
        while (batch.Count < StreamsAtOnce && sent.Reader.TryRead(out var one)) batch.Add(one);
        IReadOnlyList<Queued> given;
        try
        {
            given = await database.Write(session => OutboxStreams.Settle(session, batch), CancellationToken.None);
        }
        catch
        {
            foreach (var one in batch) sent.Writer.TryWrite(one);
            throw;
        }

        foreach (var (stream, _, _) in batch)
            held.TryRemove(new((stream.Journey, stream.Destination), stream.Fence));
        // What came meanwhile found its stream leased.
        if (given.Any(stream => stream.First > 0)) database.OutboxFilled.Set();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox could not send: {Fault}; it tries again")]
    private partial void LogFault(string fault);
}
