using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceKit.Hosting;
using ServiceKit.Storage;

namespace ServiceKit.Messaging;

/// <summary>
/// Takes up messages from the bus whose handling was cut off, and those whose turn nobody was left to give, from their rows:
/// the broker may have no copy any more. What came over HTTP is sent again by its client.
/// </summary>
public sealed partial class InboxRecovery<TDatabase>(
    TDatabase database, ServiceDefinition<TDatabase> definition, BusPipeline<TDatabase> pipeline,
    ILogger<InboxRecovery<TDatabase>> log)
    : BackgroundService where TDatabase : ServiceDatabase
{
    // So many share the blame with one that ends its process again, and have to be taken up alone.
    private const int AtOnce = 16;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1), MoreMayWait = TimeSpan.FromMilliseconds(50);
    private readonly string[] queues = [.. definition.Consumers.Select(consumer => consumer.Queue)];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (queues.Length > 0)
        {
            var wait = LookAgain;
            try
            {
                var left = await database.ReadOne(LeftBehind, stoppingToken);
                if (left.Count >= AtOnce) wait = MoreMayWait;
                await Task.WhenAll(left.Where(one => !BusPipeline<TDatabase>.IsLast(one)).Select(TakeUp));
                foreach (var one in left.Where(BusPipeline<TDatabase>.IsLast)) await TakeUp(one);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFault(fault.GetType().Name);
            }

            await Task.Delay(wait, TimeProvider.System, stoppingToken);
        }

        Task TakeUp(HeldMessage left)
        {
            LogTakenUp(left.Key.Consumer, left.Key.BundleId);
            return pipeline.Recover(left, stoppingToken);
        }
    }

    private async Task<IReadOnlyList<HeldMessage>> LeftBehind(Session session)
    {
        var rows = await session.Query<HeldMessage.Row>(
            $"""
            select {HeldMessage.Row.Columns} from inbox i
            where i.state in ('processing', 'failed') and i.consumer {session.Dialect.Among("@queues")}
                and {session.IsFree("i")}
            order by i.received limit {AtOnce}
            """,
            new { queues });
        var held = await session.Query<HeldMessage.Row>(
            $"""
            select {HeldMessage.Row.Columns} from inbox i join inbox_stream s on s.source = i.source and s.journey = i.journey
            where i.state = 'held' and i.sequence = s.next and i.consumer {session.Dialect.Among("@queues")} limit {AtOnce}
            """,
            new { queues });
        return [.. rows.Concat(held).Select(row => row.Open(session))];
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Queue} takes up message {BundleId}, which was cut off")]
    private partial void LogTakenUp(string queue, string bundleId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was cut off could not be taken up: {Fault}; it is tried again")]
    private partial void LogFault(string fault);
}
