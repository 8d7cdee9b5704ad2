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
    SoloGate gate, ILogger<BusPipeline<TDatabase>> log)
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
        var handled = await Attempts(
            new ReceivedMessage(bundle, body, Access.Local), key, consumer, position, upTo: 1, cancel);
        // Before it counts as taken: a crash in between has the message come again, and those that wait get their turn then.
        if (position is not null && handled is not Handled.Finished { LetsOthersGoOn: false })
            await HandleHeld(position, cancel);
    }

    /// <summary>
    /// Takes up a message that the inbox holds and whose handling was cut off. It may be what ended its process: nothing else
    /// is handled beside its last attempt, so that no innocent message is given up with it.
    /// </summary>
    internal Task Recover(HeldMessage left, CancellationToken cancel) =>
        Again(left, upTo: IsLast(left) ? Inbox.MostAttempts : Inbox.MostAttempts - 1, cancel);

    /// <summary>Whether the next attempt at a message that was cut off is its last: that is made alone.</summary>
    internal static bool IsLast(HeldMessage left) => left.Attempt >= Inbox.MostAttempts - 1;

    // Returns when the inbox has the message for good: done, refused, held, parked, or in the hands of another. Null when
    // nothing was done now.
    private async Task<Handled?> Attempts(
        ReceivedMessage message, InboxKey key, BusConsumer consumer, JourneyPosition? position, long upTo,
        CancellationToken cancel)
    {
        long? mine = null;
        while (true)
        {
            TimeSpan pause;
            using (await gate.Enter(alone: upTo == Inbox.MostAttempts, cancel))
            {
                var claim = await WhenStoreIsThere(
                    () => Inbox.Take(database, key, message.Bytes, position, parks: true, cancel, mine, upTo), cancel);
                mine = (claim as Claim.Granted)?.Fence;
                if (claim is Claim.Parked) await LetOthersPass(position, cancel);
                if (claim is not (Claim.Granted or Claim.Busy)) return null;
                (var handled, pause) = claim is Claim.Granted granted
                    ? await Attempt(message, key, granted, consumer, position, cancel)
                    : (null, BetweenLooks);
                if (handled is not null) return handled;
            }

            await Task.Delay(pause, TimeProvider.System, cancel);
        }
    }

    // What became of it, or null and how long to wait before the next attempt.
    private async Task<(Handled? Handled, TimeSpan Pause)> Attempt(
        ReceivedMessage message, InboxKey key, Claim.Granted granted, BusConsumer consumer, JourneyPosition? position,
        CancellationToken cancel)
    {
        try
        {
            return (await pipeline.Handle(message, key, granted.Fence, consumer.Handler, position, cancel), default);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested && database.IsAway(fault))
        {
            LogStoreAway(fault.GetType().Name);
            return (null, BetweenLooks);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            LogFault(consumer.Queue, key.BundleId, granted.Attempt, fault.GetType().Name);
            await Write(session => Inbox.Fail(session, key, granted.Fence, fault.GetType().Name), cancel);
            return (null, BetweenAttempts * granted.Attempt);
        }
    }

    private async Task LetOthersPass(JourneyPosition? position, CancellationToken cancel)
    {
        if (position is null) return;
        await Write(async session =>
        {
            await JourneyOrder.PassParked(session, position);
            return true;
        }, cancel);
    }

    private async Task HandleHeld(JourneyPosition position, CancellationToken cancel)
    {
        while (await WhenStoreIsThere(
            () => database.ReadOne(session => JourneyOrder.NextHeld(session, position), cancel), cancel) is { } held)
        {
            await Again(held, upTo: 1, cancel);
        }
    }

    private async Task Again(HeldMessage held, long upTo, CancellationToken cancel)
    {
        var consumer = definition.Consumers.First(candidate => candidate.Queue == held.Key.Consumer);
        if (FhirJson.Read(held.Body).Resource is not Bundle bundle)
        {
            await ParkUnreadable(held.Body, consumer, cancel);
            return;
        }

        var position = JourneyPosition.Of(bundle.MessageHeader());
        await Attempts(
            new ReceivedMessage(bundle, held.Body, Access.Local), held.Key, consumer, position, upTo, cancel);
        if (upTo > 1 && position is not null) await HandleHeld(position, cancel);
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
