using System.Collections.Concurrent;
using Fhir;
using Fhir.Json;
using Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RegionHandoff.Tests;

/// <summary>A region with an HTTP endpoint of its own, which can be told to fail, to hang or to refuse.</summary>
internal sealed class RealRegion : IAsyncDisposable
{
    private readonly WebApplication app;

    private RealRegion(WebApplication app) => this.app = app;

    /// <summary>
    /// What it answers to its nth request, the first being 1; it takes everything unless told otherwise.
    /// </summary>
    public Func<int, HttpContext, Task<IResult?>> Behaves { get; set; } = (_, _) => Task.FromResult<IResult?>(null);

    /// <summary>Every body that came in, taken or not.</summary>
    public ConcurrentQueue<byte[]> Bodies { get; } = [];

    /// <summary>The content types that came in.</summary>
    public ConcurrentQueue<string?> ContentTypes { get; } = [];

    /// <summary>The ids of what it took, each once: it knows a repetition by its id.</summary>
    public ConcurrentDictionary<string, byte[]> Taken { get; } = [];

    public string Address => app.Urls.First() + "/fhir";

    public static async Task<RealRegion> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var region = new RealRegion(app);
        app.MapPost("/fhir/$process-message", (Func<HttpContext, Task<IResult>>)region.Receive);
        await app.StartAsync();
        return region;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task<IResult> Receive(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Bodies.Enqueue(body.ToArray());
        ContentTypes.Enqueue(context.Request.ContentType);
        if (await Behaves(Bodies.Count, context) is { } other) return other;
        var message = (Bundle)FhirJson.Read(body.ToArray()).Resource!;
        Taken[message.Id!] = body.ToArray();
        return Results.Bytes(FhirJson.Write(MessageBundle.Answer(
            message.MessageHeader(), "a-region", DateTimeOffset.UnixEpoch.AddYears(56), [])), "application/fhir+json");
    }
}
