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

    /// <summary>Returns when the message is durably in the inbox; the sender's row is settled then.</summary>
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
        if (!await Attempts(new ReceivedMessage(bundle, body, Access.Local), key, consumer, position, cancel)) return;
        // Before settling: a crash in between has the message sent again, and those that wait get their turn then.
        if (position is not null) await HandleHeld(position, cancel);
        settlements.Settle(id, consumer.Queue);
    }

    // True when the inbox has the message for good: done, refused, held or parked.
    private async Task<bool> Attempts(
        ReceivedMessage message, InboxKey key, BusConsumer consumer, JourneyPosition? position,
        CancellationToken cancel)
    {
        while (true)
        {
            switch (await database.Write(
                session => Inbox.Take(session, key, message.Bytes, position, parks: true), cancel))
            {
                case Claim.Busy:
                    return false;
                case Claim.Parked:
                    await LetOthersPass(position, cancel);
                    return true;
                case Claim.Granted granted:
                    if (await Attempt(message, key, granted, consumer, position, cancel)) return true;
                    break;
                default:
                    return true;
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
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            LogFault(consumer.Queue, key.BundleId, granted.Attempt, fault.GetType().Name);
            await database.Write(
                session => Inbox.Fail(session, key, granted.Fence, fault.GetType().Name), cancel);
            await Task.Delay(BetweenAttempts * granted.Attempt, TimeProvider.System, cancel);
            return false;
        }
    }

    private async Task LetOthersPass(JourneyPosition? position, CancellationToken cancel)
    {
        if (position is not null)
            await database.Write(session => JourneyOrder.PassParked(session, position), cancel);
    }

    private async Task HandleHeld(JourneyPosition position, CancellationToken cancel)
    {
        while (await database.Read(session => JourneyOrder.NextHeld(session, position), cancel) is { } held)
        {
            var consumer = definition.Consumers.First(candidate => candidate.Queue == held.Key.Consumer);
            var bundle = (Bundle)FhirJson.Read(held.Body).Resource!;
            var itsPosition = JourneyPosition.Of(bundle.MessageHeader());
            var message = new ReceivedMessage(bundle, held.Body, Access.Local);
            if (!await Attempts(message, held.Key, consumer, itsPosition, cancel)) return;
        }
    }

    private async Task ParkUnreadable(byte[] body, BusConsumer consumer, CancellationToken cancel)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        var key = new InboxKey("unreadable", hash, hash, consumer.Queue);
        LogFault(consumer.Queue, hash, 1, "Unreadable");
        await database.Write(async session =>
        {
            await Inbox.Take(session, key, body, null, parks: true);
            await Inbox.Park(session, key, "unreadable");
        }, cancel);
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Queue} could not handle message {BundleId}, attempt {Attempt}: {Fault}")]
    private partial void LogFault(string queue, string bundleId, long attempt, string fault);
}
