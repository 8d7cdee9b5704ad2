using System.Collections.Concurrent;
using RegionHandoff.Regions;
using ServiceKit.Storage;
using Endpoint = Fhir.Endpoint;

namespace RegionHandoff.Delivery;

/// <summary>
/// Keeps a connection to the virtual host of each region with an active AMQP endpoint in the directory, and follows the
/// directory. A region that is out of reach is its own matter: it does not make the service unready.
/// </summary>
public sealed partial class RegionConnections(
    RegionHandoffDatabase database, AmqpOptions options, RegionOutbox outbox, ILoggerFactory logs,
    ILogger<RegionConnections> log)
    : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Open> open = [];
    private readonly SemaphoreSlim looking = new(1);
    private readonly LineASecond lines = new();

    /// <summary>The regions whose connection is down.</summary>
    public IReadOnlyCollection<string> Away =>
        [.. open.Where(region => !region.Value.Connection.IsUp).Select(region => region.Key)];

    /// <summary>The connection of a region, up or not; null when the directory has no such endpoint.</summary>
    public async Task<RegionConnection?> Find(string region, CancellationToken cancel)
    {
        if (!open.ContainsKey(region)) await Look(cancel);
        return open.GetValueOrDefault(region)?.Connection;
    }

    public override void Dispose()
    {
        looking.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    await Look(stoppingToken);
                }
                catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
                {
                    if (lines.IsDue()) LogFault(fault.GetType().Name);
                }

                await Task.Delay(LookAgain, TimeProvider.System, stoppingToken);
            }
        }
        finally
        {
            await looking.WaitAsync(CancellationToken.None);
            await Task.WhenAll(open.Keys.Select(Close));
        }
    }

    private async Task Look(CancellationToken cancel)
    {
        await looking.WaitAsync(cancel);
        try
        {
            var wanted = await database.ReadOne(Wanted, cancel);
            foreach (var region in wanted) open.GetOrAdd(region, Start);
            await Task.WhenAll(open.Keys.Except(wanted).Select(Close));
        }
        finally
        {
            looking.Release();
        }
    }

    private async Task<IReadOnlySet<string>> Wanted(Session session)
    {
        var found = await session.Resources.Search(Access.Local, new SearchQuery("Endpoint")
        {
            Clauses =
            [
                new SearchClause.Token("connection-type", [new TokenValue(ConnectionTypes.OurSystem, ConnectionTypes.Amqp)]),
                new SearchClause.Token("status", [new TokenValue(null, "active")]),
            ],
            Count = SearchQuery.MostAtOnce,
        });
        return found.Matches
            .Select(match => AmqpAddress.RegionOf(match.As<Endpoint>().Address, options.VirtualHostPrefix))
            .OfType<string>().ToHashSet();
    }

    private Open Start(string region)
    {
        var connection = new RegionConnection(
            region, options, outbox, () => database.DeliveriesWaiting(DeliveryRow.Channels.Amqp).Set(), lines,
            logs.CreateLogger<RegionConnection>());
        var stop = new CancellationTokenSource();
        return new Open(connection, stop, connection.Run(stop.Token));
    }

    private async Task Close(string region)
    {
        if (!open.TryRemove(region, out var closing)) return;
        await closing.Stop.CancelAsync();
        await closing.Running;
        closing.Stop.Dispose();
    }

    private sealed record Open(RegionConnection Connection, CancellationTokenSource Stop, Task Running);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The regions' endpoints could not be looked up: {Fault}")]
    private partial void LogFault(string fault);
}
