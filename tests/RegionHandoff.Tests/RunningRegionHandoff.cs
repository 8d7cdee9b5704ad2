using System.Net.Http.Headers;
using Fhir;
using Fhir.Json;
using Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RegionHandoff.Regions;
using ServiceKit.Hosting;
using ServiceKit.Messaging;
using ServiceKit.Storage;
using TestServers;
using Endpoint = Fhir.Endpoint;

namespace RegionHandoff.Tests;

/// <summary>
/// The real service on a port of its own, a store of its own, and the other side of the bus.
/// </summary>
internal sealed class RunningRegionHandoff : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TestBackend? ownBackend;
    private readonly GivenOut givenOut;

    private RunningRegionHandoff(
        WebApplication app, TestBackend? ownBackend, TimeProvider time, LogLines log, GivenOut givenOut)
    {
        (this.app, this.ownBackend, Time, Log, this.givenOut) = (app, ownBackend, time, log, givenOut);
        Address = app.Urls.First();
        Client = NewClient();
    }

    public TimeProvider Time { get; }

    /// <summary>What RegionHandoff's own code logged.</summary>
    public LogLines Log { get; }

    public string Address { get; }

    public string Base => Address + "/regions/fhir";

    public HttpClient Client { get; }

    public Received Received => Get<Received>();

    public RegionHandoffDatabase Database => Get<RegionHandoffDatabase>();

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>Starts it, on the data of an earlier start when its backend is given.</summary>
    public static async Task<RunningRegionHandoff> Start(
        TestBackend? backend = null, TimeProvider? time = null, params (string Key, string Value)[] settings)
    {
        var own = backend is null ? await TestBackend.Create() : null;
        time ??= TimeProvider.System;
        var builder = WebApplication.CreateSlimBuilder();
        var log = new LogLines();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Logging.AddProvider(log).AddFilter<LogLines>("RegionHandoff", LogLevel.Information);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        foreach (var (key, value) in (backend ?? own!).Settings) builder.Configuration[key] = value;
        foreach (var (key, value) in (IEnumerable<(string, string)>)[.. Quick, .. settings])
            builder.Configuration[key] = value;
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(new Received());
        var givenOut = GivenOut.Watch(builder.Services);
        builder.Services.AddRegionHandoff(builder.Configuration);
        builder.Services.AddFhirService(FakeOccupationalHealth.Definition, builder.Configuration);
        builder.AddServiceHost();
        var app = builder.Build();
        app.UseServiceHost();
        app.MapRegionHandoff();
        app.MapFhirService(FakeOccupationalHealth.Definition);
        await app.StartAsync();
        var running = new RunningRegionHandoff(app, own, time, log, givenOut);
        // The queues are there: what is published before that is lost.
        await Until(async () => (await running.Client.GetAsync($"{running.Address}/health/ready")).IsSuccessStatusCode);
        return running;
    }

    /// <summary>Puts a message on the bus as it stands, past every outbox.</summary>
    public Task Publish<T>(byte[] body) where T : IFhirMessage
    {
        var kind = MessageCatalogue.Of<T>();
        return Get<IBusSender>().Send(
            kind, new OutgoingMessage(ResourceStore.NewId(), kind.Name, body), CancellationToken.None);
    }

    private static (string Key, string Value)[] Quick { get; } =
    [
        ("Delivery:AnswerWithin", "00:00:02"), ("Delivery:RetryPause", "00:00:00.02"), ("Delivery:Retries", "1"),
        ("Delivery:FirstPause", "00:00:00.05"), ("Delivery:BreakFor", "00:00:00.5"),
        ("Delivery:FailuresToBreak", "100"),
    ];

    /// <summary>Comes as the gateway lets callers come.</summary>
    public static HttpClient NewClient()
    {
        var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Add("omh-organisation", "local");
        client.DefaultRequestHeaders.Add("omh-tenant", "local");
        return client;
    }

    /// <summary>Puts a region into the directory, with an endpoint unless <paramref name="address"/> is null.</summary>
    public async Task AddRegion(string code, string? address)
    {
        var organization = new Organization { Active = true, Name = $"Region {code}" };
        organization.Identifier.Add(new Identifier(Systems.Region, code));
        var stored = await Read<Organization>(await Post("Organization", organization));
        if (address is null) return;
        var endpoint = TestMessages.Endpoint(address, $"Organization/{stored.Id}");
        Assert.Equal(201, (int)(await Post("Endpoint", endpoint)).StatusCode);
    }

    /// <summary>Gives the only endpoint of the directory another address, and the channel that goes with it.</summary>
    public async Task ChangeEndpoint(string address)
    {
        var endpoint = (await Get<Bundle>("Endpoint")).All<Endpoint>().Single();
        var other = TestMessages.Endpoint(address, endpoint.ManagingOrganization!.Reference!);
        (endpoint.ConnectionType, endpoint.Address) = (other.ConnectionType, other.Address);
        using var body = new ByteArrayContent(FhirJson.Write(endpoint));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        Assert.Equal(200, (int)(await Client.PutAsync($"{Base}/Endpoint/{endpoint.Id}", body)).StatusCode);
    }

    /// <summary>Occupational health sends it, through its outbox.</summary>
    public Task Send<T>(Bundle bundle, string journey) where T : IFhirMessage =>
        Get<FakeOccupationalHealthDatabase>().Write(
            session => session.Outbox.Enqueue<T>(bundle, journey, ServiceNames.OccupationalHealth), default);

    /// <summary>Turns the clock and returns when every deadline that is over has taken effect.</summary>
    public async Task Turn(TimeSpan by)
    {
        ((ManualTime)Time).Turn(by);
        await Until(async () =>
        {
            await Get<TimerRunner<RegionHandoffDatabase>>().RunDue(default);
            return await Database.Read(session => session.First<long>(
                "select count(*) from timer where state = 0 and due <= @now",
                new { now = ServiceKit.Storage.Micros.From(Time.GetUtcNow()) }), default) == 0;
        });
    }

    public Task<HttpResponseMessage> Post(string path, Resource? resource)
    {
        var body = new ByteArrayContent(resource is null ? [] : FhirJson.Write(resource));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        return Client.PostAsync($"{Base}/{path}", body);
    }

    public Task<HttpResponseMessage> Respond(Bundle response) => Post("$process-message", response);

    public async Task<T> Get<T>(string path) where T : Resource =>
        await Read<T>(await Client.GetAsync($"{Base}/{path}"));

    public async Task<IReadOnlyList<Bundle>> Mailbox(string region) =>
        [.. (await Get<Bundle>($"$mailbox?region={region}")).All<Bundle>()];

    public async Task<FhirTask?> Handoff(string journey) =>
        (await Get<Bundle>($"Task?group-identifier={journey}")).All<FhirTask>().SingleOrDefault();

    /// <summary>The state and reason of a delivery; null when there is none.</summary>
    public async Task<(string State, string Reason)?> Delivery(Bundle message)
    {
        var row = await Database.Read(
            session => RegionHandoff.Delivery.Deliveries.Find(session, message.MessageHeader().Id!), default);
        return row is null ? null : (row.State, row.Reason);
    }

    /// <summary>Reads a response's resource; a fault in it fails the test.</summary>
    public static async Task<T> Read<T>(HttpResponseMessage response) where T : Resource
    {
        var read = FhirJson.Read(await response.Content.ReadAsByteArrayAsync());
        Assert.Empty(read.Issues);
        return Assert.IsType<T>(read.Resource);
    }

    /// <summary>Waits until something holds; fails after fifteen seconds.</summary>
    public static async Task Until(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await holds()) return;
            await Task.Delay(25);
        }

        Assert.Fail("It did not come to hold within fifteen seconds.");
    }

    public static Task Until(Func<bool> holds) => Until(() => Task.FromResult(holds()));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        try
        {
            await givenOut.IsRight(Database, Get<FakeOccupationalHealthDatabase>());
        }
        finally
        {
            await app.DisposeAsync();
            if (ownBackend is not null) await ownBackend.DisposeAsync();
        }
    }
}
