using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Gateway.Forwarding;

/// <summary>Leaves out an instance that could not be reached, before the check that runs in the background finds out.</summary>
public sealed class LeaveOutUnreached(IDestinationHealthUpdater health) : IPassiveHealthCheckPolicy
{
    public const string PolicyName = "leave-out-unreached";

    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(10);

    public string Name => PolicyName;

    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        if (NotStartedPolicy.Holds(context.GetForwarderErrorFeature()?.Exception))
            health.SetPassive(cluster, destination, DestinationHealth.Unhealthy, TryAgain);
    }
}
