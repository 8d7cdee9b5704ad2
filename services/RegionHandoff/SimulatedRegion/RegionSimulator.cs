using Fhir;
using Fhir.Json;
using Messages;
using RegionHandoff.Regions;
using TaskStatus = Fhir.TaskStatus;

namespace RegionHandoff.SimulatedRegion;

/// <summary>
/// Plays regions, so that a newcomer sees a whole journey without one: accepts each handoff that arrives, starts care
/// and completes it. It keeps nothing: what to do next it reads from RegionHandoff, so that it can stop at any time.
/// </summary>
public sealed partial class RegionSimulator(
    HttpClient http, SimulatedRegionOptions options, TimeProvider time, ILogger<RegionSimulator> log)
    : BackgroundService
{
    private static readonly (TaskStatus From, TaskStatus To)[] Steps =
        [(TaskStatus.Accepted, TaskStatus.InProgress), (TaskStatus.InProgress, TaskStatus.Completed)];

    private readonly RegionClient client = new(http, () => options.Gateway.TrimEnd('/') + "/regions/fhir");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var endpoint = await Listen(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var regions = await client.Played(options.Listen, stoppingToken);
                foreach (var region in regions) await EmptyMailbox(region, stoppingToken);
                foreach (var (from, to) in Steps) await Step(regions, from, to, stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFault(fault.GetType().Name);
            }

            await Task.Delay(options.Look, TimeProvider.System, stoppingToken);
        }
    }

    private async Task EmptyMailbox(string region, CancellationToken cancel)
    {
        foreach (var message in await client.Mailbox(region, cancel))
        {
            // Answered before it is acknowledged: a stop in between leaves it in the box.
            if (!await Accept(message, region, cancel)) return;
            await client.Acknowledge(message.MessageHeader().Id!, cancel);
        }
    }

    private async Task Step(
        IReadOnlySet<string> regions, TaskStatus from, TaskStatus to, CancellationToken cancel)
    {
        foreach (var handoff in await client.Handoffs(from, cancel))
        {
            if (Region.CodeOf(handoff.Owner?.Identifier) is not { } region || !regions.Contains(region)) continue;
            if (handoff.Meta?.LastUpdated + options.Step > time.GetUtcNow()) continue;
            await client.Answer(SimulatedAnswer.Response(handoff, region, to, time.GetUtcNow()), cancel);
        }
    }

    // True when the message needs nothing more from us.
    private async Task<bool> Accept(Bundle message, string? region, CancellationToken cancel)
    {
        var header = message.MessageHeader();
        if (header.Event is not Coding { System: Systems.MessageEvent, Code: Events.HandoffRequest }
            || message.Resolve<FhirTask>(header.Focus.FirstOrDefault()) is not { } task) return true;
        region ??= Region.CodeOf(message, task.Owner);
        return region is not null && await client.Answer(
            SimulatedAnswer.Response(task, region, TaskStatus.Accepted, time.GetUtcNow()), cancel);
    }

    private async Task<WebApplication?> Listen(CancellationToken cancel)
    {
        if (options.Listen.Length == 0) return null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add(options.Listen);
        app.MapPost("/fhir/$process-message", (RequestDelegate)Receive);
        try
        {
            await app.StartAsync(cancel);
            return app;
        }
        catch (IOException)
        {
            LogNoAddress(options.Listen);
            await app.DisposeAsync();
            return null;
        }
    }

    private async Task Receive(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (FhirJson.Read(body.ToArray()) is not { Ok: true, Resource: Bundle { Type: BundleType.Message } message })
        {
            context.Response.StatusCode = 400;
            return;
        }

        if (!await Accept(message, null, context.RequestAborted))
        {
            context.Response.StatusCode = 503;
            return;
        }

        context.Response.ContentType = "application/fhir+json";
        await context.Response.Body.WriteAsync(FhirJson.Write(MessageBundle.Answer(
            message.MessageHeader(), "simulated-region", time.GetUtcNow(), [])), context.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The simulated region has to wait: {Fault}")]
    private partial void LogFault(string fault);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The simulated region cannot listen at {Address}; it reads mailboxes")]
    private partial void LogNoAddress(string address);
}
