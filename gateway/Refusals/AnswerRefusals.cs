using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Gateway.Refusals;

/// <summary>
/// Gives a body to whatever the gateway itself refuses: host filtering, limits, authentication, routing and YARP all
/// end in a status without one. What a service answered stays as it is.
/// </summary>
public sealed class AnswerRefusals(RequestDelegate next, ILogger<AnswerRefusals> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            if (context.RequestAborted.IsCancellationRequested) return;
            context.Response.Clear();
            context.Response.StatusCode = StatusOf(error);
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400 } && !IsTheServices(context))
            await Write(context, Refusal.Of(context.Response.StatusCode));
    }

    private int StatusOf(Exception error)
    {
        if (error is BadHttpRequestException bad) return bad.StatusCode;
        logger.LogError(error, "A request failed inside the gateway");
        return StatusCodes.Status500InternalServerError;
    }

    private static bool IsTheServices(HttpContext context) =>
        context.Features.Get<IReverseProxyFeature>()?.ProxiedDestination is not null
        && context.GetForwarderErrorFeature() is null or { Error: ForwarderError.None };

    private static async Task Write(HttpContext context, Refusal refusal)
    {
        var response = context.Response;
        if (refusal.Status == StatusCodes.Status503ServiceUnavailable) response.Headers.TryAdd("Retry-After", "5");
        var body = OperationOutcome.Of(refusal);
        response.ContentType = OperationOutcome.ContentType;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await response.Body.WriteAsync(body, context.RequestAborted);
    }
}
