using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Gateway.Limits;

/// <summary>Refuses what no service could use, before a service is troubled with it.</summary>
public sealed class RefuseUnusableRequest(RequestDelegate next, IOptions<GatewayOptions> options)
{
    private const string Methods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

    // Kestrel renames the Content-Length of a request that is chunked too, and goes on with the chunks.
    private const string OverriddenContentLength = "X-Content-Length";

    private static readonly HashSet<string> Allowed = new(Methods.Split(", "), StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        if (StatusOf(context.Request) is not { } status) return next(context);

        if (status == StatusCodes.Status405MethodNotAllowed) context.Response.Headers.Allow = Methods;
        // Two readings of where a request ends must not meet the next request on the same connection.
        if (status == StatusCodes.Status400BadRequest) context.Response.Headers.Connection = "close";
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private int? StatusOf(HttpRequest request)
    {
        if (!Allowed.Contains(request.Method)) return StatusCodes.Status405MethodNotAllowed;
        if (IsFramedTwice(request.Headers)) return StatusCodes.Status400BadRequest;
        // A compressed body could be a bomb, and nobody behind the gateway unpacks one.
        if (!IsPlain(request.Headers.ContentEncoding)) return StatusCodes.Status415UnsupportedMediaType;
        if (request.ContentLength > options.Value.MaxRequestBodyBytes) return StatusCodes.Status413PayloadTooLarge;
        return null;
    }

    private static bool IsFramedTwice(IHeaderDictionary headers) =>
        headers.ContainsKey(OverriddenContentLength)
        || headers.TryGetValue(HeaderNames.TransferEncoding, out var coding)
            && !string.Equals(coding, "chunked", StringComparison.OrdinalIgnoreCase);

    private static bool IsPlain(string? encoding) =>
        string.IsNullOrWhiteSpace(encoding) || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase);
}
