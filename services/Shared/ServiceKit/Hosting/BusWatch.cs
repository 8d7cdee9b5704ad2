using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ServiceKit.Hosting;

/// <summary>
/// Ends the process when its bus stays away though the broker answers: whoever started it starts it anew, which loses
/// nothing. A broker that dies while the bus declares its queues can leave it waiting for ever:
/// https://github.com/rabbitmq/rabbitmq-dotnet-client/issues/1976
/// </summary>
/// <param name="bus">Tells whether the bus is there.</param>
/// <param name="reach">Opens a connection of its own to the broker; throws when there is none.</param>
/// <param name="end">Ends the process.</param>
/// <param name="time">The clock of the waiting.</param>
/// <param name="log">Gets the reason.</param>
public sealed partial class BusWatch(
    IServiceProbe bus, Func<CancellationToken, Task> reach, Action end, TimeProvider time, ILogger<BusWatch> log)
    : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(10);

    // The bus waits up to a minute between its own attempts; and where it is a queue that is ill, requests are still served.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private long? awaySince;

    /// <summary>Watches the bus of a process that talks to a broker.</summary>
    public static BusWatch Over(IBusControl bus, BusOptions options, ILogger<BusWatch> log) => new(
        new BusProbe(bus),
        async cancel => await (await options.Factory().CreateConnectionAsync(cancel)).DisposeAsync(),
        () => Environment.Exit(1), TimeProvider.System, log);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(LookAgain, TimeProvider.System, stoppingToken);
            await Look(stoppingToken);
        }
    }

    /// <summary>Looks once, and ends the process if it has waited long enough.</summary>
    public async Task Look(CancellationToken cancel)
    {
        if (await bus.IsReady(cancel) || !await BrokerAnswers(cancel)) awaySince = null;
        else awaySince ??= time.GetTimestamp();
        if (awaySince is not { } since || time.GetElapsedTime(since) < Patience) return;
        LogEnds((int)Patience.TotalMinutes);
        end();
    }

    private async Task<bool> BrokerAnswers(CancellationToken cancel)
    {
        try
        {
            await reach(cancel).WaitAsync(AnswersWithin, TimeProvider.System, cancel);
            return true;
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Critical,
        Message = "The broker answers, and the bus has not come back for {Minutes} minutes: this process ends to begin anew")]
    private partial void LogEnds(int minutes);
}
