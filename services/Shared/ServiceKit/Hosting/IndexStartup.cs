using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceKit.Storage;

namespace ServiceKit.Hosting;

/// <summary>
/// Brings what the version before has stored into today's index, and to whom it belongs, before anything is served.
/// </summary>
internal sealed partial class IndexStartup<TDatabase>(
    TDatabase database, ServiceDefinition<TDatabase> definition, ILogger<IndexStartup<TDatabase>> log)
    : IHostedService where TDatabase : ServiceDatabase
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await IndexRenewal.Mark(database, definition.TypeNames, cancellationToken);
        if (await IndexRenewal.Run(database, cancellationToken) is var renewed and > 0) LogRenewed(renewed);
        if (await SharingRenewal.Run(database, cancellationToken) is var shared and > 0) LogShared(shared);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "The search index of {Count} resources was written anew")]
    private partial void LogRenewed(int count);

    [LoggerMessage(
        Level = LogLevel.Information, Message = "{Count} resources that nobody saw were looked at for whom they belong to")]
    private partial void LogShared(int count);
}
