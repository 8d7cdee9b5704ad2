using System.Data.Common;
using System.Security.Cryptography;
using Fhir;
using Fhir.Json;
using Messages;
using Microsoft.Extensions.Logging;
using ServiceKit.Hosting;
using ServiceKit.Storage;

namespace ServiceKit.Messaging;

/// <summary>
/// What happens to a message from the bus: claimed, handled in the order of its journey, tried again after a fault, and
/// parked after <see cref="Inbox.MostAttempts"/>.
/// </summary>
public sealed partial class BusPipeline<TDatabase>(
    TDatabase database, ServiceDefinition<TDatabase> definition, MessagePipeline<TDatabase> pipeline,
    ISettlements settlements, ILogger<BusPipeline<TDatabase>> log)
    where TDatabase : ServiceDatabase
{
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan StoreAway = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Returns when the message is durably in the inbox; the sender's row is settled then. While the database is away it
    /// waits: giving the message back would only bring it again.
    /// </summary>
    public async Task Receive(byte[] body, MessageKind kind, CancellationToken cancel)
    {
        var consumer = definition.Consumers.First(candidate => candidate.Kind == kind);
        if (FhirJson.Read(body) is not { Ok: true, Resource: Bundle { Id: { } id } bundle })
        {
            await ParkUnreadable(body, consumer, cancel);
            return;
        }

        var position = JourneyPosition.Of(bundle.MessageHeader());
        var key = new InboxKey(
            position?.Source ?? kind.Name, id, bundle.MessageHeader().Id ?? id, consumer.Queue);
        await Attempts(new ReceivedMessage(bundle, body, Access.Local), key, consumer, position, cancel);
        // Before settling: a crash in between has the message sent again, and those that wait get their turn then.
        if (position is not null) await HandleHeld(position, cancel);
        settlements.Settle(id, consumer.Queue);
    }

    // Returns when the inbox has the message for good: done, refused, held or parked.
    private async Task Attempts(
        ReceivedMessage message, InboxKey key, BusConsumer consumer, JourneyPosition? position,
        CancellationToken cancel)
    {
        long? mine = null;
        while (true)
        {
            switch (await Write(session => Inbox.Take(session, key, message.Bytes, position, parks: true, mine), cancel))
            {
                // Somebody has it: perhaps an instance that was killed, whose lease has to run out first.
                case Claim.Busy:
                    await Task.Delay(BetweenLooks, TimeProvider.System, cancel);
                    break;
                case Claim.Parked:
                    await LetOthersPass(position, cancel);
                    return;
                case Claim.Granted granted:
                    mine = granted.Fence;
                    if (await Attempt(message, key, granted, consumer, position, cancel)) return;
                    break;
                default:
                    return;
            }
        }
    }

    private async Task<bool> Attempt(
        ReceivedMessage message, InboxKey key, Claim.Granted granted, BusConsumer consumer, JourneyPosition? position,
        CancellationToken cancel)
    {
        try
        {
            await pipeline.Handle(message, key, granted.Fence, consumer.Handler, position, cancel);
            return true;
        }
        catch (DbException fault) when (!cancel.IsCancellationRequested)
        {
            LogStoreAway(fault.GetType().Name);
            await Task.Delay(BetweenLooks, TimeProvider.System, cancel);
            return false;
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            LogFault(consumer.Queue, key.BundleId, granted.Attempt, fault.GetType().Name);
            await Write(session => Inbox.Fail(session, key, granted.Fence, fault.GetType().Name), cancel);
            await Task.Delay(BetweenAttempts * granted.Attempt, TimeProvider.System, cancel);
            return false;
        }
    }

    private async Task LetOthersPass(JourneyPosition? position, CancellationToken cancel)
    {
        if (position is not null) await Write(session => JourneyOrder.PassParked(session, position), cancel);
    }

    private async Task HandleHeld(JourneyPosition position, CancellationToken cancel)
    {
        while (await WhenStoreIsThere(
            () => database.Read(session => JourneyOrder.NextHeld(session, position), cancel), cancel) is { } held)
        {
            var consumer = definition.Consumers.First(candidate => candidate.Queue == held.Key.Consumer);
            var bundle = (Bundle)FhirJson.Read(held.Body).Resource!;
            var itsPosition = JourneyPosition.Of(bundle.MessageHeader());
            var message = new ReceivedMessage(bundle, held.Body, Access.Local);
            await Attempts(message, held.Key, consumer, itsPosition, cancel);
        }
    }

    private async Task ParkUnreadable(byte[] body, BusConsumer consumer, CancellationToken cancel)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        var key = new InboxKey("unreadable", hash, hash, consumer.Queue);
        LogFault(consumer.Queue, hash, 1, "Unreadable");
        await Write(async session =>
        {
            await Inbox.Take(session, key, body, null, parks: true);
            return await Inbox.Park(session, key, "unreadable");
        }, cancel);
    }

    private Task<T> Write<T>(Func<Session, Task<T>> change, CancellationToken cancel) =>
        WhenStoreIsThere(() => database.Write(change, cancel), cancel);

    private async Task<T> WhenStoreIsThere<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await work();
            }
            catch (Exception fault) when (fault is DbException or TimeoutException && !cancel.IsCancellationRequested)
            {
                LogStoreAway(fault.GetType().Name);
                await Task.Delay(StoreAway, TimeProvider.System, cancel);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store is away ({Fault}); messages wait")]
    private partial void LogStoreAway(string fault);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Queue} could not handle message {BundleId}, attempt {Attempt}: {Fault}")]
    private partial void LogFault(string queue, string bundleId, long attempt, string fault);
}
