using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;

namespace Gateway.Forwarding;

/// <summary>
/// Watches over the instances of a service that has several. One that is dead, silent or cannot serve is left out;
/// when all are, all are tried: a wrong suspicion must not keep anybody out.
/// </summary>
public sealed class SeveralInstances : IProxyConfigFilter
{
    private static readonly HealthCheckConfig Watch = new()
    {
        AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
        Passive = new() { Enabled = true, Policy = LeaveOutUnreached.PolicyName },
        Active = new()
        {
            Enabled = true,
            Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
            Interval = TimeSpan.FromSeconds(2),
            Timeout = TimeSpan.FromSeconds(2),
            Path = "/health/serving",
        },
    };

    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel) =>
        ValueTask.FromResult(cluster is { Destinations.Count: > 1, HealthCheck: null }
            ? cluster with { HealthCheck = Watch }
            : cluster);

    public ValueTask<RouteConfig> ConfigureRouteAsync(
        RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) => ValueTask.FromResult(route);
}
