using System.Tests;
using Xunit.Abstractions;

namespace Faults.Tests.Servers;

/// <summary>
/// The whole system as processes: so many gateways, each in front of an instance of each service. Instances of a service
/// share its database and its queues.
/// </summary>
internal sealed class RunningSystem : IAsyncDisposable
{
    private readonly ProcessGroup processes;

    private RunningSystem(ProcessGroup processes) => this.processes = processes;

    public Backend Backend => processes.Backend;

    public List<ServiceProcess> Gateways { get; } = [];

    public List<ServiceProcess> OccupationalHealth { get; } = [];

    public List<ServiceProcess> IpsCoaching { get; } = [];

    public List<ServiceProcess> RegionHandoff { get; } = [];

    public IReadOnlyList<ServiceProcess> All => processes.All;

    public IReadOnlyList<string> Addresses => [.. Gateways.Select(gateway => gateway.Address)];

    public static async Task<RunningSystem> Start(RealServers servers, ITestOutputHelper output, int instances = 1)
    {
        var system = new RunningSystem(new ProcessGroup(await servers.NewBackend(), output));
        for (var number = 1; number <= instances; number++) system.Add(number);
        try
        {
            await system.processes.Start();
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills everything, so that nobody holds a message in hand any more.</summary>
    public Task Stop() => processes.Stop();

    public ValueTask DisposeAsync() => processes.DisposeAsync();

    private void Add(int number)
    {
        var samples = "--Samples:Folder=" + Path.Combine(Examples.Root, "deploy", "Standalone", "SampleData");
        var oh = processes.Service($"OccupationalHealth-{number}", "OccupationalHealth.dll", samples);
        var ips = processes.Service($"IpsCoaching-{number}", "IpsCoaching.dll", samples);
        var regions = processes.Service($"RegionHandoff-{number}", "RegionHandoff.dll", samples);
        OccupationalHealth.Add(oh);
        IpsCoaching.Add(ips);
        RegionHandoff.Add(regions);
        Gateways.Add(processes.Gateway(
            $"gateway-{number}", Destination("occupational-health", oh), Destination("ips-coaching", ips),
            Destination("region-handoff", regions)));
    }

    private static string Destination(string cluster, ServiceProcess service) =>
        $"--ReverseProxy:Clusters:{cluster}:Destinations:service:Address={service.Address}/";
}
