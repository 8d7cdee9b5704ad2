using IpsCoaching;
using Messages;
using Microsoft.Extensions.DependencyInjection;
using OccupationalHealth;
using RegionHandoff;
using ServiceKit.Storage;
using Standalone;
using TestServers;

namespace System.Tests;

/// <summary>The whole system in this process, with data of its own, on a port of its own.</summary>
internal sealed class RunningBox : IAsyncDisposable
{
    private TestBackend? backend;
    private Box? box;

    public Client Client { get; private set; } = null!;

    public IServiceProvider Services => box!.Services;

    public static async Task<RunningBox> Start(bool simulateRegion = false, params string[] settings)
    {
        var running = new RunningBox();
        running.backend = await TestBackend.Create();
        running.box = await Box.Start(new StandaloneOptions(
            "http://127.0.0.1:0", running.backend.Folder, simulateRegion,
            [
                "--Logging:LogLevel:Default=Warning", .. settings,
                .. running.backend.Settings.Select(pair => $"--{pair.Key}={pair.Value}"),
                .. UsedAssertions(running.backend.Settings),
            ]));
        running.Client = new Client(running.box.Address);
        return running;
    }

    // On servers the gateway keeps them in PostgreSQL too; any database will do.
    private static IEnumerable<string> UsedAssertions(IReadOnlyDictionary<string, string> settings) =>
        settings.TryGetValue("Storage:PostgreSql", out var server)
            ? [$"--Authorization:ReplayStore={server.Replace("{service}", ServiceNames.RegionHandoff, StringComparison.Ordinal)}"]
            : [];

    /// <summary>How many messages OccupationalHealth has ever put in its outbox.</summary>
    public Task<long> Outbox() => Count("select count(*) from outbox");

    /// <summary>A count in OccupationalHealth's database.</summary>
    public Task<long> Count(string sql) => Services.GetRequiredService<OccupationalHealthDatabase>()
        .Read(session => session.First<long>(sql), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        try
        {
            if (box is not null) await new GivenOut().IsRight(Databases);
        }
        finally
        {
            if (box is not null) await box.DisposeAsync();
            if (backend is not null) await backend.DisposeAsync();
        }
    }

    private IEnumerable<ServiceDatabase> Databases =>
    [
        Services.GetRequiredService<OccupationalHealthDatabase>(), Services.GetRequiredService<IpsCoachingDatabase>(),
        Services.GetRequiredService<RegionHandoffDatabase>(),
    ];
}
