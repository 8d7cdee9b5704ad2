using System.Tests;
using Messages;
using Npgsql;

namespace Faults.Tests.Servers;

/// <summary>A PostgreSQL and a RabbitMQ of these tests' own, which they may kill and start again.</summary>
public sealed class RealServers : IAsyncLifetime
{
    private static readonly string[] Services =
        [ServiceNames.OccupationalHealth, ServiceNames.RegionHandoff, ServiceNames.IpsCoaching];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("omh-faults-");
    private readonly int postgresPort = FreePorts.Take(), rabbitPort = FreePorts.Take(inARow: 3);
    private readonly Dictionary<string, string> ports;
    private int fresh;

    public RealServers()
    {
        ports = new Dictionary<string, string>
        {
            ["OMH_POSTGRES_PORT"] = $"{postgresPort}", ["OMH_RABBIT_PORT"] = $"{rabbitPort}",
        };
        // A run that is broken off must not leave servers behind.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop().Wait();
        Database = new Server("database", action => Script(action, "postgres"), () => Task.CompletedTask);
        Broker = new Server("broker", action => Script(action, "rabbit"), () => Backend.BrokerAnswers(rabbitPort));
    }

    /// <summary>Whether tests/servers.sh has what it needs.</summary>
    public static bool Installed =>
        File.Exists("/usr/lib/postgresql/15/bin/initdb") && Directory.Exists("/usr/lib/rabbitmq/lib");

    internal IVictim Database { get; }

    internal IVictim Broker { get; }

    /// <summary>
    /// Returns when a broker that is killed will know the queues that were just declared. RabbitMQ 3.10 confirms a new quorum
    /// queue before it has its server's name on disk: killed within the next seconds, it comes back with a queue that never
    /// gets a leader.
    /// </summary>
    internal static Task QueuesAreOnDisk() => Task.Delay(TimeSpan.FromSeconds(10));

    /// <summary>The process id of <c>postgres</c> or <c>rabbit</c>.</summary>
    internal int ProcessOf(string server) => int.Parse(File.ReadLines(Path.Combine(folder.FullName, server == "rabbit"
        ? "rabbit/pid"
        : "postgres/data/postmaster.pid")).First(), CultureInfo.InvariantCulture);

    public async Task InitializeAsync()
    {
        if (Installed) await Script("start");
    }

    public Task DisposeAsync() => Stop();

    /// <summary>Fresh databases, and a virtual host that nobody has used.</summary>
    internal async Task<Backend> NewBackend()
    {
        var number = ++fresh;
        var backend = new Backend(postgresPort, rabbitPort, $"faults{number}", $"test-{number}");
        await using var source = NpgsqlDataSource.Create(backend.ConnectionString("postgres"));
        foreach (var service in Services)
        {
            await using var create = source.CreateCommand($"create database \"{backend.DatabaseOf(service)}\"");
            await create.ExecuteNonQueryAsync();
        }

        return backend;
    }

    private Task Script(string action, params string[] server) =>
        Shell.Run(ports, "tests/servers.sh", [action, folder.FullName, .. server]);

    private async Task Stop()
    {
        if (!folder.Exists) return;
        await Script("stop");
        folder.Delete(recursive: true);
        folder.Refresh();
    }

    private sealed class Server(string name, Func<string, Task> script, Func<Task> answers) : IVictim
    {
        public string Name => name;

        public Task Kill() => script("kill");

        public async Task Revive()
        {
            await script("revive");
            await answers();
        }
    }
}
