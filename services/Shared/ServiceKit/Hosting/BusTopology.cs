using MassTransit;
using Messages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace ServiceKit.Hosting;

/// <summary>
/// Declares every queue of <see cref="MessageCatalogue"/>, then starts the bus: what is sent to a service that never
/// started waits in its queue. Until that has gone through, messages come back unrouted and stay in the outbox. Queues are
/// bound to the messages' exchanges directly, so that nobody needs the right to read another service's queue; the second
/// path that the consumer declares beside it brings no message twice.
/// </summary>
/// <remarks>
/// Not beside the bus: a quorum queue that another connection is just making is said to be there already, RabbitMQ 3.10
/// closes the connection of who consumes from it then (<c>noproc</c> in its log), and MassTransit 8.5.11 loses the other
/// queues of a bus whose connection closes at its start.
/// </remarks>
internal sealed partial class BusTopology(BusOptions options, IBusDepot bus, ILogger<BusTopology> log) : BackgroundService
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(2);

    // A broker that dies meanwhile may leave it waiting for ever.
    private static readonly TimeSpan DeclaredWithin = TimeSpan.FromSeconds(30);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await bus.Stop(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Declare(stoppingToken).WaitAsync(DeclaredWithin, TimeProvider.System, stoppingToken);
                break;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // The innermost tells a broker that is down from one that does not accept the password or is not trusted.
                LogAway(fault.GetBaseException().GetType().Name);
                await Task.Delay(TryAgain, TimeProvider.System, stoppingToken);
            }
        }

        await bus.Start(stoppingToken);
    }

    private async Task Declare(CancellationToken cancel)
    {
        await using var connection = await options.Factory().CreateConnectionAsync(cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
        foreach (var kind in MessageCatalogue.All)
        {
            await channel.ExchangeDeclareAsync(kind.Exchange, "fanout", durable: true, cancellationToken: cancel);
            await channel.QueueDeclareAsync(
                kind.Queue, durable: true, exclusive: false, autoDelete: false,
                arguments: new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancel);
            await channel.QueueBindAsync(kind.Queue, kind.Exchange, "", cancellationToken: cancel);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The broker is away ({Fault}); messages wait in the outbox")]
    private partial void LogAway(string fault);
}
