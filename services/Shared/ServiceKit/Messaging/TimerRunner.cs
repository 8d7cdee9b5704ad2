using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceKit.Hosting;
using ServiceKit.Storage;

namespace ServiceKit.Messaging;

/// <summary>
/// Wakes handlers when their deadlines are due. What is due is told by the injected clock, who holds a lease by the
/// database's.
/// </summary>
public sealed partial class TimerRunner<TDatabase>(
    TDatabase database, ServiceDefinition<TDatabase> definition, IServiceProvider services, TimeProvider time,
    ILogger<TimerRunner<TDatabase>> log)
    : BackgroundService where TDatabase : ServiceDatabase
{
    private const long LeaseMicros = 30_000_000, MostAttempts = 3;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>Runs everything that is due now; returns how many handlers ran.</summary>
    public async Task<int> RunDue(CancellationToken cancel)
    {
        var due = await database.Write(Lease, cancel);
        foreach (var (timer, fence) in due) await Run(timer, fence, cancel);
        return due.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await RunDue(stoppingToken) == 0)
                    await database.TimersChanged.Wait(LookAgain, stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFault("timers", fault.GetType().Name);
                await Task.Delay(LookAgain, TimeProvider.System, stoppingToken);
            }
        }
    }

    private async Task<IReadOnlyList<(TimerRow Timer, long Fence)>> Lease(Session session)
    {
        var rows = await session.Query<Row>(
            $"""
            select id, kind, due, type, resource_id as ResourceId, attempt, fence from timer
            where state = 0 and due <= @now and {session.IsFree("timer")}
            order by due limit 32 {session.Dialect.SkipLocked("timer")}
            """,
            new { now = Micros.From(time.GetUtcNow()) });
        foreach (var row in rows)
        {
            await session.Queue(
                $"""
                update timer set lease_until = {session.Dialect.Now} + {LeaseMicros}, fence = fence + 1,
                    holder = @holder, attempt = attempt + 1, state = case when attempt >= {MostAttempts} then 2 else 0 end
                where id = @id
                """,
                ("id", row.Id), ("holder", session.Holder));
        }

        return [.. rows.Where(row => row.Attempt < MostAttempts).Select(row => (new TimerRow(
            row.Id, row.Kind, row.Due, row.Type, row.ResourceId, row.Attempt + 1), row.Fence + 1))];
    }

    // While the database is away the attempt goes on: a deadline is given up for its own faults only.
    private async Task Run(TimerRow timer, long fence, CancellationToken cancel)
    {
        while (await Try(timer, fence, cancel) is { } fault)
        {
            LogFault(timer.Kind, fault.GetType().Name);
            if (!database.IsAway(fault)) return;
            await Task.Delay(LookAgain, TimeProvider.System, cancel);
        }
    }

    private async Task<Exception?> Try(TimerRow timer, long fence, CancellationToken cancel)
    {
        try
        {
            var handlerType = definition.Timers.First(kind => kind.Kind == timer.Kind).Handler;
            var handler = (ITimerHandler)services.GetRequiredService(handlerType);
            await database.Write(async session =>
            {
                var ours = await session.Execute(
                    "update timer set state = 1 where id = @Id and fence = @fence and state = 0",
                    new { timer.Id, fence });
                if (ours == 1) await handler.Due(timer, Access.Local, session, cancel);
            }, cancel);
            return null;
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            return fault;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A deadline of kind {Kind} could not be handled: {Fault}")]
    private partial void LogFault(string kind, string fault);

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Kind { get; init; } = "";

        public long Due { get; init; }

        public string Type { get; init; } = "";

        public string ResourceId { get; init; } = "";

        public long Attempt { get; init; }

        public long Fence { get; init; }
    }
}
