using MassTransit;
using Messages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace ServiceKit.Hosting;

/// <summary>
/// Declares every queue of <see cref="MessageCatalogue"/>: what is sent to a service that never started waits in its queue.
/// Until that has gone through, messages come back unrouted and stay in the outbox. Queues are bound to the messages'
/// exchanges directly, so that nobody needs the right to read another service's queue; the second path that the consumer
/// declares beside it brings no message twice.
/// </summary>
internal sealed partial class BusTopology(BusOptions options, ILogger<BusTopology> log) : BackgroundService
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Declare(stoppingToken);
                return;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // The innermost tells a broker that is down from one that does not accept the password or is not trusted.
                LogAway(fault.GetBaseException().GetType().Name);
                await Task.Delay(TryAgain, TimeProvider.System, stoppingToken);
            }
        }
    }

    private async Task Declare(CancellationToken cancel)
    {
        await using var connection = await options.Factory().CreateConnectionAsync(cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
        foreach (var kind in MessageCatalogue.All)
        {
            var exchange = $"{kind.Type.Namespace}:{kind.Type.Name}";
            await channel.ExchangeDeclareAsync(exchange, "fanout", durable: true, cancellationToken: cancel);
            await channel.QueueDeclareAsync(
                kind.Queue, durable: true, exclusive: false, autoDelete: false,
                arguments: new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancel);
            await channel.QueueBindAsync(kind.Queue, exchange, "", cancellationToken: cancel);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The broker is away ({Fault}); messages wait in the outbox")]
    private partial void LogAway(string fault);
}
