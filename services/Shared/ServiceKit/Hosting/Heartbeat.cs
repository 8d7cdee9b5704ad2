using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceKit.Storage;

namespace ServiceKit.Hosting;

/// <summary>Keeps saying in the database that this process is alive, and takes it back at an orderly stop.</summary>
internal sealed partial class Heartbeat<TDatabase>(TDatabase database, ILogger<Heartbeat<TDatabase>> log)
    : BackgroundService where TDatabase : ServiceDatabase
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Try(Instances.Leave, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!database.Dialect.SingleProcess)
        {
            await Task.Delay(Pause, TimeProvider.System, stoppingToken);
            await Try(Instances.Beat, stoppingToken);
        }
    }

    private async Task Try(Func<Session, Task> write, CancellationToken cancel)
    {
        try
        {
            await database.Write(write, cancel);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            LogFault(fault.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database was not told that this process is alive: {Fault}")]
    private partial void LogFault(string fault);
}
