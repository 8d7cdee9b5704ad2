using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Gateway.Forwarding;

/// <summary>
/// Brings a request that did not reach an instance to another one. Behind a single address there may be several too, so
/// that it is tried once more. When none was reached the service is away: 503.
/// </summary>
public sealed class TryOtherInstance(RequestDelegate next, TimeProvider time, IOptions<GatewayOptions> options)
{
    /// <summary>Whoever asks must not wait longer until he hears that nobody is there.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task InvokeAsync(HttpContext context)
    {
        var proxy = context.GetReverseProxyFeature();
        var all = proxy.AvailableDestinations;
        var untried = all.Count == 1 ? [all[0], all[0]] : all.ToList();
        var begin = time.GetTimestamp();
        await next(context);
        while (WasNotStarted(context))
        {
            if (proxy.ProxiedDestination is { } tried) untried.Remove(tried);
            if (untried is [] || time.GetElapsedTime(begin) + options.Value.ConnectTimeout > Patience)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }

            context.Response.Clear();
            context.Features.Set<IForwarderErrorFeature>(null);
            proxy.AvailableDestinations = untried;
            await next(context);
        }
    }

    private static bool WasNotStarted(HttpContext context) =>
        !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested
        && NotStartedPolicy.Holds(context.GetForwarderErrorFeature()?.Exception);
}
