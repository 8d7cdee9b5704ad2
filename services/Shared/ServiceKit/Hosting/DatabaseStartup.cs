using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceKit.Storage;

namespace ServiceKit.Hosting;

/// <summary>
/// Brings a database up to date before anything is served or consumed. One that is away is waited for: whoever starts
/// the processes need not start them in order.
/// </summary>
internal sealed partial class DatabaseStartup<TDatabase>(TDatabase database, ILogger<DatabaseStartup<TDatabase>> log)
    : IHostedService where TDatabase : ServiceDatabase
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await database.Migrate(cancellationToken);
                await database.Write(Instances.Enter, cancellationToken);
                return;
            }
            catch (Exception fault) when (database.IsAway(fault) && !cancellationToken.IsCancellationRequested)
            {
                LogAway(fault.GetType().Name);
                await Task.Delay(LookAgain, TimeProvider.System, cancellationToken);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away ({Fault}); the start waits for it")]
    private partial void LogAway(string fault);
}
