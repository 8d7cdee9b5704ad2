using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Fhir;
using Fhir.Json;
using Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using ServiceKit.Hosting;
using ServiceKit.Messaging;
using ServiceKit.Storage;
using TestServers;

namespace OccupationalHealth.Tests;

/// <summary>The real service on a port and a database of its own, with the sample data that newcomers get.</summary>
public sealed class OccupationalHealthApplication : IAsyncLifetime
{
    private TestBackend backend = null!;
    private WebApplication app = null!;
    private HttpClient client = null!;
    private GivenOut givenOut = null!;

    /// <summary>The time of the examples: Friday 20 November 2026, 12.00 in Finland.</summary>
    public FixedTime Time { get; } = new(new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero));

    /// <summary>Further settings, for a test that starts the service itself.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    private OccupationalHealthDatabase Database => app.Services.GetRequiredService<OccupationalHealthDatabase>();

    public async Task InitializeAsync()
    {
        backend = await TestBackend.Create();
        await Start();
        await LoadSampleData();
    }

    /// <summary>Ends the process and starts another on the same data.</summary>
    public async Task Restart()
    {
        client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        await Start();
    }

    private async Task Start()
    {
        var builder = WebApplication.CreateBuilder();
        foreach (var (key, value) in backend.Settings.Concat(Settings)) builder.Configuration[key] = value;
        builder.Configuration["Urls"] = "http://127.0.0.1:0";
        builder.Logging.ClearProviders();
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time));
        givenOut = GivenOut.Watch(builder.Services);
        builder.Services.AddOccupationalHealth(builder.Configuration);
        builder.AddServiceHost();
        app = builder.Build();
        app.UseServiceHost();
        app.MapOccupationalHealth();
        await app.StartAsync(CancellationToken.None);
        client = new HttpClient { BaseAddress = new Uri(app.Urls.Single() + "/occupational-health/fhir/") };
        client.DefaultRequestHeaders.Add("omh-organisation", "local");
        client.DefaultRequestHeaders.Add("omh-tenant", "local");
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        // Nothing writes any more when its folder goes.
        await app.StopAsync();
        try
        {
            await givenOut.IsRight(Database);
        }
        finally
        {
            await app.DisposeAsync();
            await backend.DisposeAsync();
        }
    }

    /// <summary>Posts a message to <c>$process-message</c>.</summary>
    public Task<Answer> Send(Bundle message) => Post("$process-message", message);

    public async Task<Answer> Post(string path, Resource body)
    {
        using var content = new ByteArrayContent(FhirJson.Write(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        using var response = await client.PostAsync(path, content, CancellationToken.None);
        return await Answer.Of(response);
    }

    /// <summary>Posts comma-separated values.</summary>
    public async Task<Answer> Post(string path, string csv)
    {
        using var content = new StringContent(csv, Encoding.UTF8, "text/csv");
        using var response = await client.PostAsync(path, content, CancellationToken.None);
        return await Answer.Of(response);
    }

    /// <summary>Posts lines of JSON to <c>$simulate</c>; the answer in the media type that is asked for.</summary>
    public async Task<(HttpStatusCode Status, string? Type, string Text)> PostLines(
        string lines, string accept, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "$simulate" + query);
        request.Content = new StringContent(lines, Encoding.UTF8, "application/x-ndjson");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await client.SendAsync(request, CancellationToken.None);
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType,
            await response.Content.ReadAsStringAsync());
    }

    public async Task<Answer> Metadata()
    {
        using var response = await client.GetAsync("metadata", CancellationToken.None);
        return await Answer.Of(response);
    }

    public async Task<Answer> Put(Resource body)
    {
        using var content = new ByteArrayContent(FhirJson.Write(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        using var response = await client.PutAsync($"{body.TypeName}/{body.Id}", content, CancellationToken.None);
        return await Answer.Of(response);
    }

    public async Task<T> Get<T>(string id) where T : Resource, new()
    {
        using var response = await client.GetAsync($"{new T().TypeName}/{id}", CancellationToken.None);
        return (T)(await Answer.Of(response)).Body;
    }

    public async Task<IReadOnlyList<T>> Search<T>(string query) where T : Resource
    {
        using var response = await client.GetAsync(query, CancellationToken.None);
        return (await Answer.Of(response)).All<T>();
    }

    /// <summary>What a query answers, whatever it is, in the media type that is asked for.</summary>
    public async Task<(HttpStatusCode Status, string? Type, string Text)> GetText(string query, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, query);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await client.SendAsync(request, CancellationToken.None);
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType,
            await response.Content.ReadAsStringAsync());
    }

    public async Task<Answer> GetAnswer(string query)
    {
        using var response = await client.GetAsync(query, CancellationToken.None);
        return await Answer.Of(response);
    }

    /// <summary>Stores resources as they are, as many as there are, beside the rules of REST.</summary>
    public Task Store(params IEnumerable<Resource> resources) => Database.Write(async session =>
    {
        foreach (var resource in resources) await session.Resources.Create(Access.Local, resource);
    }, CancellationToken.None);

    public async Task<int> Count(string type)
    {
        using var response = await client.GetAsync($"{type}?_summary=count", CancellationToken.None);
        return ((Bundle)(await Answer.Of(response)).Body).Total!.Value;
    }

    /// <summary>What has been put in line to leave in a journey, in order.</summary>
    public Task<IReadOnlyList<Bundle>> Outgoing(string journey) => Database.Read<IReadOnlyList<Bundle>>(
        async session => [.. (await session.Query<Row>(
                "select body, key_id as KeyId from outbox where journey = @journey order by sequence", new { journey }))
            .Select(row => (Bundle)FhirJson.Read(session.Bodies.Decode(row.Body, row.KeyId)).Resource!)],
        CancellationToken.None);

    /// <summary>Delivers a message as the bus would.</summary>
    public Task Deliver<T>(Bundle message) where T : IFhirMessage =>
        app.Services.GetRequiredService<BusPipeline<OccupationalHealthDatabase>>()
            .Receive(FhirJson.Write(message), MessageCatalogue.Of<T>(), CancellationToken.None);

    /// <summary>What became of a message: a state of the inbox, such as <c>done</c> or <c>refused</c>.</summary>
    public Task<string?> InboxState(Bundle message) => Database.Read(session => session.First<string>(
        "select state from inbox where bundle_id = @Id", new { message.Id }), CancellationToken.None);

    /// <summary>Runs the deadlines that are due at the test's time; returns when all of them have taken effect.</summary>
    public async Task RunTimers()
    {
        for (var i = 0; i < 600; i++)
        {
            await app.Services.GetRequiredService<TimerRunner<OccupationalHealthDatabase>>().RunDue(CancellationToken.None);
            // The service's own runner may hold some of them.
            if (await Database.Read(session => session.First<long>(
                "select count(*) from timer where state = 0 and due <= @now",
                new { now = Micros.From(Time.GetUtcNow()) }), CancellationToken.None) == 0)
                return;
            await Task.Delay(25, CancellationToken.None);
        }

        Assert.Fail("A deadline did not take effect.");
    }

    private async Task LoadSampleData()
    {
        var sample = Example.Read("deploy/Standalone/SampleData/occupational-health.json");
        await Database.Write(async session =>
        {
            foreach (var resource in sample.Entry.Select(entry => entry.Resource!))
                await session.Resources.Create(Access.Local, resource);
        }, CancellationToken.None);
    }

    private sealed class Row
    {
        public byte[] Body { get; init; } = [];

        public string KeyId { get; init; } = "";
    }
}

/// <summary>A clock that stands still until it is moved.</summary>
public sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset time = now;

    public override DateTimeOffset GetUtcNow() => time;

    public void Advance(TimeSpan by) => time += by;
}

/// <summary>What the service answered.</summary>
public sealed record Answer(HttpStatusCode Status, Resource Body)
{
    public IReadOnlyList<T> All<T>() where T : Resource => [.. ((Bundle)Body).All<T>()];

    public T One<T>() where T : Resource => Assert.Single(All<T>());

    /// <summary>The Task of a kind.</summary>
    public FhirTask Task(string kind) =>
        Assert.Single(All<FhirTask>(), task => task.Code!.Has(Systems.TaskKind, kind));

    public IReadOnlyList<string> Faults =>
        [.. ((OperationOutcome)Body).Issue.Select(
            issue => $"{issue.Code!.Value.GetLiteral()} {issue.Expression.FirstOrDefault()}")];

    public static async Task<Answer> Of(HttpResponseMessage response)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var read = FhirJson.Read(bytes);
        Assert.True(read.Ok, Encoding.UTF8.GetString(bytes) + string.Join('\n', read.Issues));
        return new Answer(response.StatusCode, read.Resource!);
    }
}
