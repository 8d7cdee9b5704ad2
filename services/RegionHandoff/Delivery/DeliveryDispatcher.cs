using RegionHandoff.Regions;
using ServiceKit.Storage;
using Endpoint = Fhir.Endpoint;

namespace RegionHandoff.Delivery;

/// <summary>
/// Sends what waits for regions by one channel; the channels do not wait for each other. A row is leased by the
/// database's time, and no transaction is open while the region answers. After a crash the same bytes go out again
/// under the same ids, and the region knows them.
/// </summary>
public sealed partial class DeliveryDispatcher(
    IRegionChannel channel, RegionHandoffDatabase database, DeliveryOptions options, TimeProvider time,
    ILogger<DeliveryDispatcher> log)
    : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var places = new SemaphoreSlim(options.AtOnce);
        try
        {
            while (!stoppingToken.IsCancellationRequested) await SendDue(places, stoppingToken);
        }
        finally
        {
            for (var i = 0; i < options.AtOnce; i++) await places.WaitAsync(CancellationToken.None);
        }
    }

    private async Task SendDue(SemaphoreSlim places, CancellationToken cancel)
    {
        try
        {
            var free = places.CurrentCount;
            var rows = free == 0
                ? []
                : await database.Write(
                    session => DeliveryLeases.Lease(session, channel.Name, channel.Away, free), cancel);
            foreach (var (row, endpoint) in rows)
            {
                await places.WaitAsync(cancel);
                _ = Run(row, endpoint, places, cancel);
            }

            // Fewer than it could take are all that may go now.
            if (free == 0 || rows.Count < free) await database.DeliveriesWaiting(channel.Name).Wait(LookAgain, cancel);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            LogFault("the line", fault.GetType().Name);
            await Task.Delay(LookAgain, TimeProvider.System, cancel);
        }
    }

    private async Task Run(DeliveryRow row, Endpoint? endpoint, SemaphoreSlim places, CancellationToken cancel)
    {
        var othersWait = true;
        try
        {
            var next = await Attempt(row, endpoint, cancel);
            var acknowledged = await Settle(row, next, cancel);
            othersWait = acknowledged is not { First: 0 };
            if (next is AfterAttempt.GoBy(var other)) database.DeliveriesWaiting(other.Channel).Set();
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            // The lease runs out by itself.
            LogFault(row.HeaderId, fault.GetType().Name);
        }
        catch (OperationCanceledException)
        {
            await GiveBack(row);
        }

        if (places.Release() == 0 || othersWait) database.DeliveriesWaiting(channel.Name).Set();
    }

    // At a stop: the next process need not wait for the lease to run out.
    private async Task GiveBack(DeliveryRow row)
    {
        try
        {
            await database.Write(session => DeliveryLeases.GiveBack(session, row), CancellationToken.None);
        }
        catch (Exception fault)
        {
            LogFault(row.HeaderId, fault.GetType().Name);
        }
    }

    private async Task<AfterAttempt> Attempt(DeliveryRow row, Endpoint? endpoint, CancellationToken cancel)
    {
        RegionAnswer answer = new RegionAnswer.NotNow(null);
        if (endpoint is { Status: Fhir.EndpointStatus.Active } && channel.Serves(endpoint))
            answer = await channel.Send(endpoint, row.Region, database.Bodies.Decode(row.Body, row.KeyId), cancel);
        else if (await OtherWay(row, cancel) is { } way)
            return new AfterAttempt.GoBy(way);
        return DeliveryPolicy.Decide(answer, row.Attempt + 1, time.GetUtcNow(), options);
    }

    private async Task<Route.By?> OtherWay(DeliveryRow row, CancellationToken cancel)
    {
        var region = await database.Read(session => Region.Find(session, Access.Local, row.Region), cancel);
        return region is null
            ? null
            : DeliveryPolicy.Choose(region.Endpoints, row.Event, row.Urgent == 1) as Route.By;
    }

    // What a region has got must not go out again because the database was away for a moment.
    private async Task<Queued?> Settle(DeliveryRow row, AfterAttempt next, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await database.Write(session => Settle(session, row, next), cancel);
            }
            catch (Exception fault) when (!cancel.IsCancellationRequested && database.IsAway(fault))
            {
                await Task.Delay(LookAgain, TimeProvider.System, cancel);
            }
        }
    }

    // What the acknowledgement did; null when it was something else.
    private async Task<Queued?> Settle(Session session, DeliveryRow row, AfterAttempt next)
    {
        switch (next)
        {
            case AfterAttempt.Acknowledge:
                return await Deliveries.Acknowledge(session, row.HeaderId);
            case AfterAttempt.AwaitAcknowledgement:
                await DeliveryLeases.Sent(session, row);
                break;
            case AfterAttempt.AwaitChannel:
                await DeliveryLeases.GiveBack(session, row);
                break;
            case AfterAttempt.GoBy(var other):
                await DeliveryLeases.Move(session, row, other);
                if (other.TellSender) await ReportUndelivered.Send(session, row.HeaderId, Undelivered.OnlyMailbox);
                break;
            case AfterAttempt.TryAgain(var at):
                LogLater(row.HeaderId, row.Region, row.Attempt + 1);
                await DeliveryLeases.TryAgain(session, row, at);
                break;
            case AfterAttempt.GiveUp(var why):
                LogGivenUp(row.HeaderId, row.Region, why.Reason);
                if (await Deliveries.GiveUp(session, row.HeaderId, why))
                    await ReportUndelivered.Send(session, row.HeaderId, why);
                break;
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery of {HeaderId} failed: {Fault}; it is tried again")]
    private partial void LogFault(string headerId, string fault);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Message {HeaderId} could not be delivered to region {Region}, attempt {Attempt}; it is tried again")]
    private partial void LogLater(string headerId, string region, long attempt);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Message {HeaderId} was not delivered to region {Region}: {Reason}")]
    private partial void LogGivenUp(string headerId, string region, string reason);
}
