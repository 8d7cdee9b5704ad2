using ServiceKit.Storage;
using Endpoint = Fhir.Endpoint;

namespace RegionHandoff.Delivery;

/// <summary>
/// Sends what waits for regions with a REST endpoint. A row is leased by the database's time, and no transaction is
/// open while the region answers. After a crash the same bytes go out again under the same ids, and the region knows
/// them.
/// </summary>
public sealed partial class DeliveryDispatcher(
    RegionHandoffDatabase database, RestDelivery rest, DeliveryOptions options, TimeProvider time,
    ILogger<DeliveryDispatcher> log)
    : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var places = new SemaphoreSlim(options.AtOnce);
        try
        {
            if (database.Dialect.SingleProcess) await database.Write(Deliveries.ReleaseAll, stoppingToken);
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
            var rows = places.CurrentCount == 0
                ? []
                : await database.Write(session => Deliveries.Lease(session, places.CurrentCount), cancel);
            foreach (var row in rows)
            {
                await places.WaitAsync(cancel);
                _ = Run(row, places, cancel);
            }

            if (rows.Count == 0) await database.DeliveriesWaiting.Wait(LookAgain, cancel);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            LogFault("the line", fault.GetType().Name);
            await Task.Delay(LookAgain, TimeProvider.System, cancel);
        }
    }

    private async Task Run(DeliveryRow row, SemaphoreSlim places, CancellationToken cancel)
    {
        try
        {
            var answer = await Attempt(row, cancel);
            var next = DeliveryPolicy.Decide(answer, row.Attempt + 1, time.GetUtcNow(), options);
            await database.Write(session => Settle(session, row, next), cancel);
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

        places.Release();
        database.DeliveriesWaiting.Set();
    }

    // At a stop: the next process need not wait for the lease to run out.
    private async Task GiveBack(DeliveryRow row)
    {
        try
        {
            await database.Write(
                session => Deliveries.TryAgain(session, row, time.GetUtcNow()), CancellationToken.None);
        }
        catch (Exception fault)
        {
            LogFault(row.HeaderId, fault.GetType().Name);
        }
    }

    private async Task<RegionAnswer> Attempt(DeliveryRow row, CancellationToken cancel)
    {
        // The address is read anew each time: a region that moves mends its endpoint, and what waits follows.
        var endpoint = await database.Read(
            session => session.Resources.Get<Endpoint>(Access.Local, row.EndpointId), cancel);
        return endpoint is { Status: Fhir.EndpointStatus.Active, Address: { } address }
            ? await rest.Post(address, database.Bodies.Decode(row.Body, row.KeyId), cancel)
            : new RegionAnswer.NotNow(null);
    }

    private async Task Settle(Session session, DeliveryRow row, AfterAttempt next)
    {
        switch (next)
        {
            case AfterAttempt.Acknowledge:
                await Deliveries.Acknowledge(session, row.HeaderId);
                break;
            case AfterAttempt.TryAgain(var at):
                LogLater(row.HeaderId, row.Region, row.Attempt + 1);
                await Deliveries.TryAgain(session, row, at);
                break;
            case AfterAttempt.GiveUp(var why):
                LogGivenUp(row.HeaderId, row.Region, why.Reason);
                if (await Deliveries.GiveUp(session, row.HeaderId, why))
                    await ReportUndelivered.Send(session, row.HeaderId, why);
                break;
        }
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
