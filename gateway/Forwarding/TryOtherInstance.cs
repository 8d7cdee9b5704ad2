using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Gateway.Forwarding;

/// <summary>
/// Brings a request to another instance when the first was not reached, or broke off what only reads. Behind a single
/// address there may be several too, so that it is tried once more. When none was reached the service is away: 503.
/// A request that comes to nothing is a line in the log, however often it was tried.
/// </summary>
public sealed partial class TryOtherInstance(
    RequestDelegate next, TimeProvider time, IOptions<GatewayOptions> options, ILogger<TryOtherInstance> log)
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
        while (MayGoElsewhere(context))
        {
            if (proxy.ProxiedDestination is { } tried) untried.Remove(tried);
            if (untried is [] || time.GetElapsedTime(begin) + options.Value.ConnectTimeout > Patience) break;
            context.Response.Clear();
            context.Features.Set<IForwarderErrorFeature>(null);
            proxy.AvailableDestinations = untried;
            await next(context);
        }

        if (!context.Response.HasStarted && WasNotStarted(context))
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        if (context.GetForwarderErrorFeature() is { } failed && !context.RequestAborted.IsCancellationRequested)
            LogFailed(proxy.Route.Config.RouteId, failed.Error, failed.Exception?.GetType().Name);
    }

    private static bool MayGoElsewhere(HttpContext context) =>
        !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested
        && (WasNotStarted(context) || (OnlyReads(context.Request) && BrokeOff(context)));

    private static bool WasNotStarted(HttpContext context) =>
        NotStartedPolicy.Holds(context.GetForwarderErrorFeature()?.Exception);

    private static bool OnlyReads(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static bool BrokeOff(HttpContext context) =>
        context.GetForwarderErrorFeature()?.Error == ForwarderError.Request;

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request to {Route} had no answer: {Error}, {Fault}")]
    private partial void LogFailed(string route, ForwarderError error, string? fault);
}
