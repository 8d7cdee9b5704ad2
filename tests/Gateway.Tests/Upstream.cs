using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests;

/// <summary>A real, small service: it remembers what reached it and answers as a test says.</summary>
internal sealed class Upstream : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Upstream(WebApplication app) => _app = app;

    public ConcurrentQueue<Seen> Requests { get; } = [];

    public RequestDelegate Answer { get; set; } =
        context => context.Response.WriteAsync("answered", context.RequestAborted);

    public string Address => _app.Urls.First();

    public Seen Single => Assert.Single(Requests);

    public static Task<Upstream> OnTcp(int port = 0) => Start(kestrel => kestrel.Listen(IPAddress.Loopback, port));

    public static Task<Upstream> OnUnixSocket(string path) => Start(kestrel => kestrel.ListenUnixSocket(path));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private static async Task<Upstream> Start(Action<KestrelServerOptions> listen)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            listen(kestrel);
        });
        var upstream = new Upstream(builder.Build());
        upstream._app.Run(upstream.Handle);
        await upstream._app.StartAsync();
        return upstream;
    }

    private Task Handle(HttpContext context)
    {
        Requests.Enqueue(Seen.Of(context.Request));
        return Answer(context);
    }

    internal sealed record Seen(string Method, string Target, IReadOnlyDictionary<string, string> Headers)
    {
        public static Seen Of(HttpRequest request) => new(
            request.Method,
            $"{request.Path}{request.QueryString}",
            request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
    }
}
