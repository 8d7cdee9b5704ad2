using System.IO.Pipelines;

namespace Gateway.Limits;

/// <summary>
/// Waits for the start of a body, all of it where it is small, before the request takes a place in the rate limit and
/// a connection to a service: a client that trickles costs the others neither. Larger bodies are streamed on.
/// </summary>
public sealed class AwaitBody(RequestDelegate next)
{
    /// <summary>A usual message is about 20 kB. The bytes stay in the server's own buffer; nothing is copied.</summary>
    public const int Start = 64 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not null) await WaitForStart(context.Request, context.RequestAborted);
        await next(context);
    }

    private static async Task WaitForStart(HttpRequest request, CancellationToken limit)
    {
        var length = request.ContentLength ?? (request.Headers.TransferEncoding.Count > 0 ? Start : 0);
        if (length == 0) return;
        try
        {
            var start = await request.BodyReader.ReadAtLeastAsync((int)Math.Min(length, Start), limit);
            request.BodyReader.AdvanceTo(start.Buffer.Start);
        }
        catch (OperationCanceledException late)
        {
            throw new BadHttpRequestException("The body came too late.", StatusCodes.Status408RequestTimeout, late);
        }
    }
}
