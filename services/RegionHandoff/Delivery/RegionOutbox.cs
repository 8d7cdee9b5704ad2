using System.Data.Common;
using System.Security.Cryptography;
using Fhir;
using Fhir.Json;
using RegionHandoff.Regions;
using ServiceKit.Messaging;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace RegionHandoff.Delivery;

/// <summary>
/// What regions write into their exchange <c>outbox</c>: responses to messages of ours, and events, which are taken as
/// over <c>$process-message</c>. Who sent it is told by the virtual host that it was in, whatever the message says.
/// </summary>
public sealed partial class RegionOutbox(
    RegionHandoffDatabase database, MessageIntake<RegionHandoffDatabase> intake, DeliveryOptions options,
    ILogger<RegionOutbox> log)
{
    // As much as over HTTP. What is larger is not worth keeping either.
    private const int MostBytes = 10_000_000;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan StoreAway = TimeSpan.FromSeconds(1);

    private readonly LineASecond lines = new();

    /// <summary>
    /// Returns when all that came of it is on disk, with what the region is to be answered; null for nothing. While the
    /// store is away it waits.
    /// </summary>
    public async Task<byte[]?> Take(string region, byte[] body, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TakeOnce(region, body, cancel);
            }
            catch (Exception fault) when (fault is DbException or TimeoutException && !cancel.IsCancellationRequested)
            {
                if (lines.IsDue()) LogStoreAway(fault.GetType().Name);
                attempt = 0;
                await Task.Delay(StoreAway, TimeProvider.System, cancel);
            }
            catch (Exception fault) when (!cancel.IsCancellationRequested)
            {
                if (lines.IsDue()) LogFault(region, Hash(body), fault.GetType().Name);
                // The inbox has counted too, and parked it before, unless it is not for the inbox.
                if (attempt > Inbox.MostAttempts) return await Park(region, body, fault.GetType().Name, cancel);
                await Task.Delay(BetweenAttempts * attempt, TimeProvider.System, cancel);
            }
        }
    }

    private async Task<byte[]?> TakeOnce(string region, byte[] body, CancellationToken cancel)
    {
        if (body.Length > MostBytes)
        {
            if (lines.IsDue()) LogNotTaken(region, Hash(body), "larger than messages may be");
            return null;
        }

        var read = FhirJson.Read(body);
        var header = (read.Resource as Bundle)?.Entry.FirstOrDefault()?.Resource as MessageHeader;
        if (header?.Response is not null) return await Acknowledge(region, body, read, cancel);
        if (header?.Id is null) return await Park(region, body, "unreadable", cancel);
        while (true)
        {
            switch (await intake.Take(body, read, Region.AccessOf(region), parks: true, cancel))
            {
                case MessageAnswer.Stored(200, var answer):
                    return answer;
                case MessageAnswer.Stored(var status, var outcome):
                    return AnswerToRegion.Refuse(header, body, status, (OperationOutcome)FhirJson.Read(outcome).Resource!);
                // Another instance has it, or had it and was killed: its answer is worth waiting for.
                case MessageAnswer.NotTaken({ Status: 425 }):
                    break;
                case MessageAnswer.NotTaken(var refusal):
                    return AnswerToRegion.Refuse(header, body, refusal.Status, refusal.ToOutcome());
            }
        }
    }

    // A response is never answered: two who answered each other's answers would never end.
    private async Task<byte[]?> Acknowledge(string region, byte[] body, FhirReadResult read, CancellationToken cancel)
    {
        if (!read.Ok) read = FhirJson.Read(body, FhirReadOptions.Lenient);
        if (!read.Ok || read.Resource is not Bundle { Type: BundleType.Message, Entry: [{ Resource: MessageHeader header }, ..] }
            || header.Response is not { Identifier: { } id, Code: { } code })
            return await Park(region, body, "unreadable", cancel);
        if (!await database.Write(session => TakeAcknowledgement.Take(session, region, id, code, options), cancel)
            && lines.IsDue())
            LogNotTaken(region, Hash(body), "a response to what was not sent there");
        return null;
    }

    private async Task<byte[]?> Park(string region, byte[] body, string reason, CancellationToken cancel)
    {
        var hash = Hash(body);
        if (lines.IsDue()) LogNotTaken(region, hash, $"{reason}; it is kept for an operator");
        var key = new InboxKey(Region.AccessOf(region).Organisation, hash, hash, RegionQueues.FromRegion);
        await database.Write(async session =>
        {
            await Inbox.Take(session, key, body, null, parks: true);
            return await Inbox.Park(session, key, reason);
        }, cancel);
        return null;
    }

    private static string Hash(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store is away ({Fault}); what regions sent waits")]
    private partial void LogStoreAway(string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What region {Region} sent ({Hash}) could not be handled: {Fault}")]
    private partial void LogFault(string region, string hash, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What region {Region} sent ({Hash}) was not taken: {Reason}")]
    private partial void LogNotTaken(string region, string hash, string reason);
}
