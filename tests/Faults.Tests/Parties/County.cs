using System.Collections.Concurrent;
using System.Tests;
using Faults.Tests.Servers;
using Fhir;
using Fhir.Json;
using Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TaskStatus = Fhir.TaskStatus;

namespace Faults.Tests.Parties;

/// <summary>
/// A county's system that takes messages by REST. It knows a repetition by its Bundle.id, and answers each handoff step
/// by step: the next answer leaves when the one before was taken, and through the next gateway.
/// </summary>
internal sealed class County : IAsyncDisposable
{
    public const string Region = "09";

    private readonly WebApplication app;
    private readonly PatientSender sender;
    private readonly IReadOnlyList<TaskStatus> steps;
    private readonly ConcurrentDictionary<string, int> deliveries = new();
    private int answers;

    private County(WebApplication app, PatientSender sender, IReadOnlyList<TaskStatus> steps) =>
        (this.app, this.sender, this.steps) = (app, sender, steps);

    /// <summary>By the placer's number: the Bundle.ids of the handoffs that had an effect here; one is right.</summary>
    public ConcurrentDictionary<string, ConcurrentBag<string>> Effects { get; } = new();

    /// <summary>By the placer's number: how far the county has come, by its own view.</summary>
    public ConcurrentDictionary<string, TaskStatus> States { get; } = new();

    /// <summary>How many of its answers were taken.</summary>
    public int Answers => answers;

    /// <summary>How many deliveries repeated one before.</summary>
    public int Repetitions => deliveries.Values.Sum(count => count - 1);

    public static async Task<County> Open(PatientSender sender, IReadOnlyList<TaskStatus> steps)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{FreePorts.Take()}");
        var county = new County(builder.Build(), sender, steps);
        county.app.MapPost("/fhir/$process-message", (RequestDelegate)county.Take);
        await county.app.StartAsync();
        return county;
    }

    /// <summary>Enters its endpoint in the directory of regions, in place of the mailbox.</summary>
    public async Task Join(RunningSystem system)
    {
        using var client = new Client(system.Addresses[0]);
        const string Path = $"{Client.Regions}/Endpoint/endpoint-{Region}";
        var endpoint = await client.Get<Fhir.Endpoint>(Path);
        endpoint.ConnectionType = new Coding(
            "http://terminology.hl7.org/CodeSystem/endpoint-connection-type", "hl7-fhir-msg");
        endpoint.Address = $"{app.Urls.First()}/fhir";
        await client.Put(Path, endpoint);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task Take(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var message = (Bundle)FhirJson.Read(body.ToArray()).Resource!;
        if (deliveries.AddOrUpdate(message.Id!, 1, (_, count) => count + 1) == 1)
        {
            var handoff = message.Resolve<FhirTask>(message.MessageHeader().Focus[0])!;
            var number = handoff.PlacerNumber()!;
            Effects.GetOrAdd(number, _ => []).Add(message.Id!);
            _ = Answer(number, handoff);
        }

        context.Response.ContentType = "application/fhir+json";
        await context.Response.Body.WriteAsync(CountyAnswers.Acknowledgement(message));
    }

    private async Task Answer(string number, FhirTask handoff)
    {
        for (var step = 0; step < steps.Count; step++)
        {
            var response = CountyAnswers.Response(handoff, Region, steps[step]);
            if (await sender.Send("/regions/fhir/$process-message", response, first: step) is null) return;
            States[number] = steps[step];
            Interlocked.Increment(ref answers);
        }
    }
}
