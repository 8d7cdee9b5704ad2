using System.Collections.Concurrent;
using Fhir;
using Fhir.Json;
using Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace System.Tests;

/// <summary>A county's own system, which takes messages by REST.</summary>
internal sealed class TestRegion : IAsyncDisposable
{
    private readonly WebApplication app;

    private TestRegion(WebApplication app) => this.app = app;

    /// <summary>What it was sent, by Bundle.id: a message that comes twice is here once.</summary>
    public ConcurrentDictionary<string, Bundle> Received { get; } = new();

    /// <summary>Starts it and enters its address in the directory, in place of the county's own.</summary>
    public static async Task<TestRegion> Join(RunningBox box, string endpoint)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var region = new TestRegion(builder.Build());
        region.app.MapPost("/fhir/$process-message", region.Take);
        await region.app.StartAsync();
        var entry = await box.Client.Get<Fhir.Endpoint>($"{Client.Regions}/Endpoint/{endpoint}");
        entry.Address = $"{region.app.Urls.First()}/fhir";
        await box.Client.Put($"{Client.Regions}/Endpoint/{endpoint}", entry);
        return region;
    }

    /// <summary>Waits until it has that many messages of an event.</summary>
    public async Task<IReadOnlyList<Bundle>> Gets(string @event, int count)
    {
        for (var i = 0; i < 800; i++)
        {
            var found = Received.Values
                .Where(message => message.MessageHeader().Event is Coding { Code: { } code } && code == @event).ToList();
            if (found.Count == count) return found;
            await Task.Delay(25);
        }

        Assert.Fail($"The region did not get {count} messages of {@event}.");
        return [];
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task Take(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var message = (Bundle)FhirJson.Read(body.ToArray()).Resource!;
        Received.TryAdd(message.Id!, message);
        context.Response.ContentType = "application/fhir+json";
        await context.Response.Body.WriteAsync(FhirJson.Write(
            MessageBundle.Answer(message.MessageHeader(), "test-region", message.Timestamp!.Value, [])));
    }
}
