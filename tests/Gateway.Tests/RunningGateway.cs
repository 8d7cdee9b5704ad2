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
        Start([.. AllTo(address), .. settings]);

    public static Task<RunningGateway> Before(Upstream upstream, params (string Key, string Value)[] settings) =>
        Before(upstream.Address, settings);

    public static IEnumerable<(string Key, string Value)> AllTo(string address) =>
        Clusters.Select(cluster => To(cluster, address));

    public static (string Key, string Value) To(string cluster, string address) =>
        ($"ReverseProxy:Clusters:{cluster}:Destinations:service:Address", address);

    public static Task<RunningGateway> Start(params (string Key, string Value)[] settings) =>
        Start(_ => { }, settings);

    /// <summary>The gateway with another part put in after its own; of a setting that comes twice the last counts.</summary>
    public static async Task<RunningGateway> Start(
        Action<WebApplicationBuilder> change, params (string Key, string Value)[] settings)
    {
        var log = new LogLines();
        var builder = WebApplication.CreateBuilder();
        builder.AddGateway();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(
            settings.GroupBy(setting => setting.Key).Select(
                same => KeyValuePair.Create<string, string?>(same.Key, same.Last().Value)));
        builder.Logging.ClearProviders().AddProvider(log);
        change(builder);
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
