using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Fhir;
using Fhir.Json;
using Gateway;
using Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceKit.Hosting;
using ServiceKit.Storage;
using TestServers;

namespace IpsCoaching.Tests;

/// <summary>The real service on a port of its own, with data of its own, a clock to set and the sample units.</summary>
internal sealed class RunningIps : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly WebApplication? gateway;
    private readonly TestBackend backend;
    private readonly HttpClient client;
    private readonly GivenOut givenOut;
    private bool isReplaced, hasEnded;

    private RunningIps(
        WebApplication app, WebApplication? gateway, TestBackend backend, SetClock clock, GivenOut givenOut)
    {
        (this.app, this.gateway, this.backend, Clock, this.givenOut) = (app, gateway, backend, clock, givenOut);
        client = Connect();
    }

    public SetClock Clock { get; }

    private IpsCoachingDatabase Database => app.Services.GetRequiredService<IpsCoachingDatabase>();

    /// <param name="throughGateway">Whether clients speak with the gateway, as they do in use.</param>
    public static async Task<RunningIps> Start(bool withUnits = true, bool throughGateway = false)
    {
        var running = await Start(await TestBackend.Create(), new SetClock(), throughGateway);
        if (withUnits) await running.Store([.. Given.SampleUnits()]);
        return running;
    }

    /// <summary>The process ends, the clock goes on to a day, and a new process starts on the same data.</summary>
    public async Task<RunningIps> Restart(string day)
    {
        isReplaced = true;
        await DisposeAsync();
        Clock.Go(day);
        return await Start(backend, Clock, gateway is not null);
    }

    private static async Task<RunningIps> Start(TestBackend backend, SetClock clock, bool throughGateway)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        foreach (var (key, value) in backend.Settings) builder.Configuration[key] = value;
        builder.Services.AddSingleton<TimeProvider>(clock);
        var givenOut = GivenOut.Watch(builder.Services);
        builder.Services.AddIpsCoaching(builder.Configuration);
        builder.AddServiceHost();
        var app = builder.Build();
        app.UseServiceHost();
        app.MapIpsCoaching();
        await app.StartAsync();
        return new RunningIps(
            app, throughGateway ? await StartGateway(app.Urls.First()) : null, backend, clock, givenOut);
    }

    private static async Task<WebApplication> StartGateway(string service)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddGateway();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["ReverseProxy:Clusters:ips-coaching:Destinations:service:Address"] = service;
        var gateway = builder.Build().MapGateway();
        await gateway.StartAsync();
        return gateway;
    }

    public Task Store(params IReadOnlyList<Resource> resources) => Database.Write(async session =>
    {
        foreach (var resource in resources) await session.Resources.Create(Access.Local, resource);
    }, CancellationToken.None);

    /// <summary>Stores what an organisation that sees its own only has.</summary>
    public Task StoreAs(string organisation, params IReadOnlyList<Resource> resources) => Database.Write(async session =>
    {
        foreach (var resource in resources) await session.Resources.Create(Access.Local.Of(organisation), resource);
    }, CancellationToken.None);

    /// <summary>As if all were of the time before anything was shared.</summary>
    public Task Unshare() =>
        Database.Write(session => session.Execute("delete from resource_access"), CancellationToken.None);

    /// <summary>A connection of its own; the caller disposes of it.</summary>
    public HttpClient Connect()
    {
        var connection = new HttpClient { BaseAddress = new Uri((gateway ?? app).Urls.First() + "/ips/fhir/") };
        connection.DefaultRequestHeaders.Add("omh-organisation", "local");
        connection.DefaultRequestHeaders.Add("omh-tenant", "local");
        return connection;
    }

    public static Task<HttpResponseMessage> Send(HttpClient connection, Bundle message) =>
        connection.PostAsync("$process-message", Body(message));

    public Task<HttpResponseMessage> Send(Bundle message) => Post("$process-message", message);

    public Task<HttpResponseMessage> Post(string path, Resource resource) => client.PostAsync(path, Body(resource));

    public Task<HttpResponseMessage> Put(Resource resource) =>
        client.PutAsync($"{resource.TypeName}/{resource.Id}", Body(resource));

    /// <summary>All stored resources of a type, the newest first, each as it stands now.</summary>
    public async Task<IReadOnlyList<T>> All<T>() where T : Resource, new()
    {
        var bundle = await Read<Bundle>(await client.GetAsync($"{new T().TypeName}?_count=100"), HttpStatusCode.OK);
        return [.. bundle.All<T>()];
    }

    /// <summary>What is on its way out, in the order in which it was written.</summary>
    public async Task<IReadOnlyList<Outgoing>> Outbox()
    {
        var rows = await Database.Read(session => session.Query<Row>(
            "select kind, journey, destination, key_id as KeyId, body from outbox order by created, sequence, id"),
            CancellationToken.None);
        return [.. rows.Select(row => new Outgoing(row.Kind, row.Journey, row.Destination,
            (Bundle)Parse(Database.Bodies.Decode(row.Body, row.KeyId))))];
    }

    /// <summary>What a search finds things by, as it stands in the index.</summary>
    public Task<IReadOnlyList<IndexedValue>> Indexed() => Database.Read(session => session.Query<IndexedValue>(
        "select type, id, param, system, value from search_index"), CancellationToken.None);

    public static async Task<T> Read<T>(HttpResponseMessage response, HttpStatusCode status) where T : Resource
    {
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.True(status == response.StatusCode, Encoding.UTF8.GetString(bytes));
        return Assert.IsType<T>(Parse(bytes));
    }

    /// <summary>The places of all issues of a refusal, in order.</summary>
    public static async Task<IReadOnlyList<string>> Faults(HttpResponseMessage response, HttpStatusCode status)
    {
        var outcome = await Read<OperationOutcome>(response, status);
        Assert.All(outcome.Issue, issue => Assert.NotNull(issue.Details?.Coding.Single().Code));
        return [.. outcome.Issue.Select(issue => issue.Expression.Single()).Order(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        if (hasEnded) return;
        hasEnded = true;
        client.Dispose();
        if (gateway is not null) await gateway.DisposeAsync();
        await app.StopAsync();
        try
        {
            await givenOut.IsRight(Database);
        }
        finally
        {
            await app.DisposeAsync();
            if (!isReplaced) await backend.DisposeAsync();
        }
    }

    private static Resource Parse(byte[] json)
    {
        var read = FhirJson.Read(json);
        Assert.DoesNotContain(read.Issues, issue => issue.IsError);
        return read.Resource!;
    }

    public static ByteArrayContent Body(Resource resource) => new(FhirJson.Write(resource))
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/fhir+json") },
    };

    private sealed class Row
    {
        public string Kind { get; init; } = "";

        public string Journey { get; init; } = "";

        public string Destination { get; init; } = "";

        public string KeyId { get; init; } = "";

        public byte[] Body { get; init; } = [];
    }
}

/// <summary>A row of the search index.</summary>
internal sealed class IndexedValue
{
    public string Type { get; init; } = "";

    public string Id { get; init; } = "";

    public string Param { get; init; } = "";

    public string? System { get; init; }

    public string? Value { get; init; }
}

/// <summary>A message in the outbox.</summary>
internal sealed record Outgoing(string Kind, string Journey, string Destination, Bundle Bundle);

/// <summary>A clock that stands where the test puts it; at first noon in Finland on 23 November 2026.</summary>
internal sealed class SetClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 23, 12, 0, 0, TimeSpan.FromHours(2));

    /// <summary>Noon in Finland on a day.</summary>
    public void Go(string day)
    {
        var noon = Given.Day(day).ToDateTime(new TimeOnly(12, 0));
        Now = new DateTimeOffset(noon, FinnishTime.Zone.GetUtcOffset(noon));
    }

    public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
}
