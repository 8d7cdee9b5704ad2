using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Limits;

/// <summary>
/// Ends a request that takes too long in all. YARP's own limit counts idle time only, which a service or a client
/// that sends a little now and then never reaches.
/// </summary>
public sealed class LimitWholeRequest(RequestDelegate next, IOptions<GatewayOptions> options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var clientGone = context.RequestAborted;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(clientGone);
        limit.CancelAfter(options.Value.RequestTimeout);
        context.RequestAborted = limit.Token;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !clientGone.IsCancellationRequested)
        {
            // Ours: answered below.
        }
        finally
        {
            context.RequestAborted = clientGone;
        }

        if (!limit.IsCancellationRequested || clientGone.IsCancellationRequested || context.Response.HasStarted) return;
        context.Response.Clear();
        context.Response.StatusCode = BodyWasLate(context)
            ? StatusCodes.Status408RequestTimeout
            : StatusCodes.Status504GatewayTimeout;
    }

    private static bool BodyWasLate(HttpContext context) =>
        context.GetForwarderErrorFeature()?.Error == ForwarderError.RequestBodyCanceled;
}
