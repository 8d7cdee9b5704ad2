using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests;

/// <summary>The real gateway on a port of its own, with the settings of a test above the route table.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private static readonly string[] Clusters = ["occupational-health", "ips-coaching", "region-handoff"];

    private readonly WebApplication _app;

    private RunningGateway(WebApplication app)
    {
        _app = app;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
        {
            BaseAddress = new Uri(app.Urls.First()),
            Timeout = TimeSpan.FromSeconds(40),
        };
    }

    public HttpClient Client { get; }

    public LogLines Log { get; private init; } = new();

    public int Port => Client.BaseAddress!.Port;

    /// <summary>Every base leads to the same address.</summary>
    public static Task<RunningGateway> Before(string address, params (string Key, string Value)[] settings) =>
        Start([.. Clusters.Select(cluster => To(cluster, address)), .. settings]);

    public static Task<RunningGateway> Before(Upstream upstream, params (string Key, string Value)[] settings) =>
        Before(upstream.Address, settings);

    public static (string Key, string Value) To(string cluster, string address) =>
        ($"ReverseProxy:Clusters:{cluster}:Destinations:service:Address", address);

    public static async Task<RunningGateway> Start(params (string Key, string Value)[] settings)
    {
        var log = new LogLines();
        var builder = WebApplication.CreateBuilder();
        builder.AddGateway();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)));
        builder.Logging.ClearProviders().AddProvider(log);
        var app = builder.Build();
        app.MapGateway();
        await app.StartAsync(CancellationToken.None);
        return new RunningGateway(app) { Log = log };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}

internal static class OutcomeAssert
{
    /// <summary>The answer is an R4 OperationOutcome with this status and code, and says nothing of our insides.</summary>
    public static async Task IsOutcome(this HttpResponseMessage answer, int status, string code, string issue)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/fhir+json", answer.Content.Headers.ContentType?.MediaType);
        IsOutcome(await answer.Content.ReadAsStringAsync(), code, issue);
    }

    /// <summary>The same of an answer as it came over the wire.</summary>
    public static void IsRawOutcome(string? answer, int status, string code, string issue)
    {
        Assert.NotNull(answer);
        Assert.StartsWith($"HTTP/1.1 {status} ", answer);
        IsOutcome(answer[answer.IndexOf('{')..(answer.LastIndexOf('}') + 1)], code, issue);
    }

    private static void IsOutcome(string body, string code, string issue)
    {
        using var json = JsonDocument.Parse(body);
        Assert.Equal("OperationOutcome", json.RootElement.GetProperty("resourceType").GetString());
        var only = Assert.Single(json.RootElement.GetProperty("issue").EnumerateArray());
        Assert.Equal("error", only.GetProperty("severity").GetString());
        Assert.Equal(issue, only.GetProperty("code").GetString());
        var coding = Assert.Single(only.GetProperty("details").GetProperty("coding").EnumerateArray());
        Assert.Equal(
            "https://fhir.occupational-mental-health.example/CodeSystem/error", coding.GetProperty("system").GetString());
        Assert.Equal(code, coding.GetProperty("code").GetString());
        Assert.DoesNotContain("   at ", body);
        Assert.DoesNotContain("Exception", body);
    }
}
