using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TestServers;

namespace Deploy.Tests.Local;

/// <summary>The system as deploy/local.sh starts it, in a folder and on ports of its own.</summary>
public sealed class LocalSystem : IAsyncDisposable
{
    // A service's second instance listens at the port + 13, the broker's last port is the port + 7.
    private const int Ports = 14;

    private readonly int port = FreePorts();
    private readonly int instances;

    public LocalSystem(int instances) => this.instances = instances;

    /// <summary>Open to all, since PostgreSQL runs as a user of its own.</summary>
    public string Folder { get; } = Directory.CreateDirectory(
        Path.Combine(Path.GetTempPath(), $"omh-local-{Guid.CreateVersion7():n}")).FullName;

    public string Address => $"http://localhost:{port}";

    /// <summary>Where a program answers, the first instance of a service; by the service's own name.</summary>
    public string AddressOf(string program) => program == "gateway"
        ? Address
        : $"http://127.0.0.1:{port + 1 + Array.IndexOf(["occupational-health", "ips-coaching", "region-handoff"], program)}";

    public int PostgresPort => port + 4;

    public int RabbitPort => port + 5;

    /// <summary>Runs <c>deploy/local.sh start</c>, <c>stop</c> or <c>status</c>.</summary>
    public Task<Shell.Result> Run(string command) => Shell.Run(
        [Path.Combine(ProjectFolder.Root, "deploy/local.sh"), command, Folder],
        ("OMH_PORT", port.ToString(CultureInfo.InvariantCulture)), ("OMH_CONFIGURATION", Configuration),
        ("OMH_INSTANCES", instances.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The numbers of its gateway's and services' processes, by name.</summary>
    public IReadOnlyDictionary<string, int> Processes() => Directory.GetFiles(Path.Combine(Folder, "run")).ToDictionary(
        file => Path.GetFileName(file), file => int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture));

    public string Secret(string file) => File.ReadAllText(Path.Combine(Folder, "secrets", file)).Trim();

    public async ValueTask DisposeAsync()
    {
        await Run("stop");
        Directory.Delete(Folder, recursive: true);
    }

    // The one that these tests were built in, so that nothing is built twice.
    private static string Configuration => AppContext.BaseDirectory.Contains("/Release/") ? "Release" : "Debug";

    private static int FreePorts()
    {
        for (var first = 18100; first < 30000; first += 100)
            if (Enumerable.Range(first, Ports).All(IsFree)) return first;
        throw new InvalidOperationException("No ports are free.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
