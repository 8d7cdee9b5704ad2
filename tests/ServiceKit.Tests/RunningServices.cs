using System.Net.Http.Headers;
using System.Text;
using Fhir;
using Fhir.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using ServiceKit.Hosting;
using ServiceKit.Messaging;
using TestServers;

namespace ServiceKit.Tests;

/// <summary>Small services on the real kit, in one process on a port of their own, with data of their own.</summary>
internal sealed class RunningServices : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TestBackend? ownBackend;
    private readonly GivenOut givenOut;

    private RunningServices(WebApplication app, TestBackend? ownBackend, GivenOut givenOut)
    {
        (this.app, this.givenOut) = (app, givenOut);
        this.ownBackend = ownBackend;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Client.DefaultRequestHeaders.Add("omh-organisation", "local");
        Client.DefaultRequestHeaders.Add("omh-tenant", "local");
    }

    public HttpClient Client { get; }

    public SenderDatabase Sender => app.Services.GetRequiredService<SenderDatabase>();

    public ReceiverDatabase Receiver => app.Services.GetRequiredService<ReceiverDatabase>();

    public StoreDatabase Store => app.Services.GetRequiredService<StoreDatabase>();

    public EndpointDataSource Routes => app.Services.GetRequiredService<EndpointDataSource>();

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>Starts them, on the data of an earlier start when its backend is given.</summary>
    public static async Task<RunningServices> Start(
        TestBackend? backend = null, TimeProvider? time = null, bool withReceiver = true, Behaviour? behaviour = null,
        ILoggerProvider? log = null, IReadOnlyDictionary<string, string>? settings = null,
        IServiceProbe? probe = null, Func<IBusSender, IBusSender>? through = null)
    {
        var own = backend is null ? await TestBackend.Create() : null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(log is null ? LogLevel.Warning : LogLevel.Trace);
        if (log is not null) builder.Logging.AddProvider(log);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        foreach (var (key, value) in settings ?? (backend ?? own!).Settings) builder.Configuration[key] = value;
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton(behaviour ?? new Behaviour());
        if (probe is not null) builder.Services.AddSingleton(probe);
        var sender = SampleServices.Sender();
        var receiver = SampleServices.Receiver();
        var store = SampleServices.Store();
        // They take whatever is sent.
        var givenOut = GivenOut.Watch(builder.Services, keepsGuide: false);
        builder.Services.AddFhirService(sender, builder.Configuration);
        builder.Services.AddFhirService(store, builder.Configuration);
        if (withReceiver) builder.Services.AddFhirService(receiver, builder.Configuration);
        builder.AddServiceHost();
        if (through is not null)
        {
            var real = builder.Services.Single(service => service.ServiceType == typeof(IBusSender));
            builder.Services.Replace(ServiceDescriptor.Singleton(provider =>
                through((IBusSender)real.ImplementationFactory!(provider))));
        }

        var app = builder.Build();
        app.UseServiceHost();
        app.MapFhirService(sender);
        app.MapFhirService(store);
        if (withReceiver) app.MapFhirService(receiver);
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new RunningServices(app, own, givenOut);
    }

    public Task<HttpResponseMessage> Post(string path, string json) => Client.PostAsync(path, Json(json));

    public Task<HttpResponseMessage> Post(string path, Resource resource) =>
        Post(path, Encoding.UTF8.GetString(FhirJson.Write(resource)));

    public static StringContent Json(string json) =>
        new(json, Encoding.UTF8, new MediaTypeHeaderValue("application/fhir+json"));

    /// <summary>Reads a response's resource; a fault in it fails the test.</summary>
    public static async Task<T> Read<T>(HttpResponseMessage response) where T : Resource
    {
        var read = FhirJson.Read(await response.Content.ReadAsByteArrayAsync());
        Assert.Empty(read.Issues);
        return Assert.IsType<T>(read.Resource);
    }

    /// <summary>Waits until something holds; fails after half a minute.</summary>
    public static async Task Until(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 1200; i++)
        {
            if (await holds()) return;
            await Task.Delay(25);
        }

        Assert.Fail("It did not come to hold within half a minute.");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        try
        {
            await givenOut.IsRight(Sender, Store);
        }
        finally
        {
            await app.DisposeAsync();
            if (ownBackend is not null) await ownBackend.DisposeAsync();
        }
    }
}
