using Microsoft.Net.Http.Headers;

namespace Gateway.Headers;

/// <summary>Takes away the headers that only the gateway may set, and those meant for one connection only.</summary>
public sealed class StripTrustedHeaders(RequestDelegate next)
{
    // They frame or address the request itself; naming them in Connection must not take them away.
    private static readonly HashSet<string> Needed = new(StringComparer.OrdinalIgnoreCase)
    {
        HeaderNames.Host, HeaderNames.ContentLength, HeaderNames.TransferEncoding, HeaderNames.Authorization,
        HeaderNames.ContentEncoding, HeaderNames.ContentType, "X-Request-ID", "X-Correlation-ID",
    };

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        var named = headers.GetCommaSeparatedValues(HeaderNames.Connection).Where(name => !Needed.Contains(name));
        string[] forbidden = [.. named, .. headers.Keys.Where(TrustedHeaderPolicy.IsForbidden)];
        foreach (var name in forbidden) headers.Remove(name);
        return next(context);
    }
}
