using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace ServiceKit.Hosting;

/// <summary>Echoes the ids that the gateway gives to every request, and puts them on the trace.</summary>
public sealed class RequestIds(RequestDelegate next)
{
    private static readonly string[] Names = ["X-Request-ID", "X-Correlation-ID"];

    public Task InvokeAsync(HttpContext context)
    {
        foreach (var name in Names)
        {
            if (context.Request.Headers[name] is not [{ Length: > 0 } id]) continue;
            Activity.Current?.SetTag(name.ToLowerInvariant(), id);
            context.Response.Headers[name] = id;
        }

        return next(context);
    }
}
