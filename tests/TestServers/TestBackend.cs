using System.Collections.Concurrent;
using System.Globalization;
using Messages;
using Npgsql;
using RabbitMQ.Client;

namespace TestServers;

/// <summary>
/// What a test's services run on. Every behaviour test runs twice from one source: on SQLite and the in-memory bus, and,
/// when tests/servers.sh has said where they are, on PostgreSQL and RabbitMQ.
/// </summary>
public sealed class TestBackend : IAsyncDisposable
{
    private static readonly string? Postgres = Environment.GetEnvironmentVariable("OMH_TEST_POSTGRES");
    private static readonly string? Rabbit = Environment.GetEnvironmentVariable("OMH_TEST_RABBIT");
    private static readonly SemaphoreSlim FreeHosts = new(HostCount, Math.Max(1, HostCount));
    private static readonly ConcurrentBag<string> Hosts =
        [.. Enumerable.Range(1, HostCount).Select(number => string.Create(CultureInfo.InvariantCulture, $"test-{number}"))];

    private static readonly string[] Services =
        [ServiceNames.OccupationalHealth, ServiceNames.RegionHandoff, ServiceNames.IpsCoaching];

    // Databases that were emptied: to make and to drop three of them takes longer than most tests.
    private static readonly ConcurrentBag<string> Databases = [];

    private string? database;
    private string? virtualHost;

    private TestBackend()
    {
    }

    /// <summary>Whether these tests run on PostgreSQL and RabbitMQ.</summary>
    public static bool OnServers => Postgres is not null && Rabbit is not null;

    /// <summary>The settings for the services.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; private set; } = new Dictionary<string, string>();

    /// <summary>A folder of its own.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("omh-test-").FullName;

    /// <summary>The virtual host of this backend's own.</summary>
    public string VirtualHost => virtualHost ?? throw new InvalidOperationException("This backend has no broker.");

    /// <summary>What stands before the county code in the names of virtual hosts beside it.</summary>
    public string RegionPrefix => $"{VirtualHost}-region-";

    /// <summary>The virtual host of a region; there is one for 08 and one for 09.</summary>
    public string RegionHost(string region) => RegionPrefix + region;

    /// <summary>Opens connections to a virtual host, as a user who may do anything there unless told otherwise.</summary>
    public static ConnectionFactory Broker(string virtualHost, string user = "guest", string password = "guest") => new()
    {
        HostName = Rabbit!.Split(':')[0], Port = int.Parse(Rabbit.Split(':')[1], CultureInfo.InvariantCulture),
        VirtualHost = virtualHost, UserName = user, Password = password, AutomaticRecoveryEnabled = false,
    };

    /// <summary>Asks the broker's rabbitmqctl; throws with what it says when it fails.</summary>
    public static Task<string> Administer(params string[] arguments) => Commands.Run(
        [.. Environment.GetEnvironmentVariable("OMH_TEST_RABBITMQCTL")!.Split(' '), "-q", .. arguments]);

    private static int HostCount => int.TryParse(
        Environment.GetEnvironmentVariable("OMH_TEST_VHOSTS"), CultureInfo.InvariantCulture, out var count) ? count : 0;

    /// <summary>Fresh databases and a virtual host of its own; services may be started on it one after the other.</summary>
    public static async Task<TestBackend> Create()
    {
        var backend = new TestBackend();
        backend.Settings = new Dictionary<string, string> { ["Storage:Folder"] = backend.Folder };
        if (!OnServers) return backend;
        backend.database = Databases.TryTake(out var free) ? free : await NewDatabases();
        await FreeHosts.WaitAsync();
        Hosts.TryTake(out backend.virtualHost);
        await DeleteQueues(backend.virtualHost!);
        var (host, port) = (Rabbit!.Split(':')[0], Rabbit.Split(':')[1]);
        backend.Settings = new Dictionary<string, string>(backend.Settings)
        {
            ["Storage:PostgreSql"] = $"{Postgres};Database={backend.database}-{{service}};Maximum Pool Size=20",
            ["Bus:Host"] = host, ["Bus:Port"] = port, ["Bus:VirtualHost"] = backend.virtualHost!,
            ["Bus:User"] = "guest", ["Bus:Password"] = "guest",
            ["Delivery:Amqp:VirtualHostPrefix"] = backend.RegionPrefix,
        };
        return backend;
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        if (virtualHost is not null)
        {
            Hosts.Add(virtualHost);
            FreeHosts.Release();
            virtualHost = null;
        }

        if (database is null) return;
        // The gateway's connections are of a pool of the whole process: the next test here must not get a closed one.
        NpgsqlConnection.ClearAllPools();
        foreach (var service in Services) await Empty($"{database}-{service}");
        Databases.Add(database);
        database = null;
    }

    private static async Task<string> NewDatabases()
    {
        var name = $"t{Guid.CreateVersion7():n}";
        await using var source = NpgsqlDataSource.Create($"{Postgres};Database=postgres;Pooling=false");
        foreach (var service in Services)
        {
            await using var create = source.CreateCommand($"create database \"{name}-{service}\"");
            await create.ExecuteNonQueryAsync();
        }

        return name;
    }

    // As it was made, and nobody is left who could write to it.
    private static async Task Empty(string database)
    {
        await using var source = NpgsqlDataSource.Create($"{Postgres};Database={database};Pooling=false");
        await using var empty = source.CreateCommand(
            """
            select pg_terminate_backend(pid, 10000) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend';
            drop schema public cascade;
            create schema public;
            """);
        await empty.ExecuteNonQueryAsync();
    }

    // What an earlier test left in its queues must not reach the next one.
    private static async Task DeleteQueues(string virtualHost)
    {
        await using var connection = await Broker(virtualHost).CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var kind in MessageCatalogue.All) await channel.QueueDeleteAsync(kind.Queue);
    }
}
