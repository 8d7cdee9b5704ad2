using System.Tests;
using System.Text;
using System.Text.Json;
using Faults.Tests.Parties;
using Faults.Tests.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Load;

/// <summary>
/// A county's system that costs next to nothing: it takes messages by REST and accepts each handoff at once, with an
/// example's text under new ids.
/// </summary>
internal sealed class LightCounty : IAsyncDisposable
{
    private static readonly string Accepted = Examples.Text("12a-");
    private readonly WebApplication app;
    private readonly PatientSender sender;

    private LightCounty(WebApplication app, PatientSender sender) => (this.app, this.sender) = (app, sender);

    /// <summary>Opens it and enters its endpoint in the directory of regions, in place of the mailbox.</summary>
    public static async Task<LightCounty> Open(PatientSender sender, string gateway)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{FreePorts.Take()}");
        var county = new LightCounty(builder.Build(), sender);
        county.app.MapPost("/fhir/$process-message", (RequestDelegate)county.Take);
        await county.app.StartAsync();
        using var client = new Client(gateway);
        const string Path = $"{Client.Regions}/Endpoint/endpoint-09";
        var endpoint = await client.Get<Fhir.Endpoint>(Path);
        endpoint.ConnectionType = new Fhir.Coding(
            "http://terminology.hl7.org/CodeSystem/endpoint-connection-type", "hl7-fhir-msg");
        endpoint.Address = $"{county.app.Urls.First()}/fhir";
        await client.Put(Path, endpoint);
        return county;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task Take(HttpContext context)
    {
        using var message = await JsonDocument.ParseAsync(context.Request.Body);
        var task = message.RootElement.GetProperty("entry").EnumerateArray()
            .Select(entry => entry.GetProperty("resource"))
            .First(resource => resource.GetProperty("resourceType").ValueEquals("Task"));
        var answer = Accepted
            .Replace("f252e7e0-6a1f-5839-bd72-2ea535cda42a", Guid.CreateVersion7().ToString(), StringComparison.Ordinal)
            .Replace("85df7a73-e355-5398-9cf9-2aefa33cf1fb", Guid.CreateVersion7().ToString(), StringComparison.Ordinal)
            .Replace("A-2026-03", Number(task), StringComparison.Ordinal)
            .Replace("cf42cba4-5f12-5c6f-89c1-5c2f735b1651",
                task.GetProperty("groupIdentifier").GetProperty("value").GetString(), StringComparison.Ordinal);
        _ = sender.Send($"{Client.Regions}/$process-message", Encoding.UTF8.GetBytes(answer), 0);
    }

    private static string Number(JsonElement task) =>
        task.GetProperty("identifier").EnumerateArray().First().GetProperty("value").GetString()!;
}
