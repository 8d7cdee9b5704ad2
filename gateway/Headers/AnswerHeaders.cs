using Microsoft.Net.Http.Headers;

namespace Gateway.Headers;

/// <summary>Gives every answer, refusals included, the request's ids and the headers of a careful server.</summary>
public sealed class AnswerHeaders(RequestDelegate next)
{
    private static readonly string[] Ids = ["X-Request-ID", "X-Correlation-ID"];

    // They say what runs here, or what the services tell each other.
    private static readonly string[] Inner =
        ["Server", "X-Powered-By", "Via", ServiceHeaders.Organisation, ServiceHeaders.Tenant, ServiceHeaders.Reach];

    public Task InvokeAsync(HttpContext context)
    {
        var ids = Ids.Select(name => (name, RequestId.SafeOrNew(context.Request.Headers[name]))).ToArray();
        foreach (var (name, id) in ids) context.Request.Headers[name] = id;

        context.Response.OnStarting(() =>
        {
            Write(context.Response.Headers, ids, context.Request.IsHttps);
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static void Write(IHeaderDictionary headers, (string Name, string Id)[] ids, bool secure)
    {
        foreach (var name in Inner) headers.Remove(name);
        foreach (var (name, id) in ids) headers[name] = id;

        headers.XContentTypeOptions = "nosniff";
        // Where a service says nothing else: its pages, for one, have a policy of their own.
        headers.TryAdd(HeaderNames.CacheControl, "no-store");
        headers.TryAdd("Referrer-Policy", "no-referrer");
        headers.TryAdd(HeaderNames.ContentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'");
        if (secure) headers.StrictTransportSecurity = "max-age=31536000";
    }
}
