using System.Net;
using System.Text;
using Fhir;
using Fhir.Json;

namespace ServiceKit.Tests;

/// <summary>One server for all tests of the store; each test is a tenant of its own in it.</summary>
public sealed class StoreServer : IAsyncLifetime
{
    internal RunningServices Services { get; private set; } = null!;

    public async Task InitializeAsync() => Services = await RunningServices.Start(withReceiver: false);

    public async Task DisposeAsync() => await Services.DisposeAsync();

    internal StoreClient NewTenant()
    {
        var name = Guid.CreateVersion7().ToString("N");
        return As($"tenant-{name}", $"organisation-{name}");
    }

    /// <param name="reach">What the gateway says of how far the organisation sees; null says nothing.</param>
    internal StoreClient As(string tenant, string organisation, string? reach = null) =>
        new(Services, tenant, organisation, reach);
}

[CollectionDefinition(Name)]
public sealed class StoreCollection : ICollectionFixture<StoreServer>
{
    public const string Name = "store";
}

/// <summary>A client of the base /store/fhir.</summary>
internal sealed class StoreClient(
    RunningServices services, string tenant, string organisation, string? reach = null)
{
    public const string Base = "/store/fhir/";

    public string Root { get; } = services.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) + "/store/fhir";

    public string Tenant => tenant;

    public string Organisation => organisation;

    public ServiceKit.Tests.Storage.StoreDatabaseReader Database => new(services.Store);

    public async Task<HttpResponseMessage> Send(
        HttpMethod method, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        var address = path.StartsWith("http://", StringComparison.Ordinal) ? path : Base + path;
        using var request = new HttpRequestMessage(method, address);
        request.Content = body;
        request.Headers.Add("omh-tenant", tenant);
        request.Headers.Add("omh-organisation", organisation);
        if (reach is not null) request.Headers.TryAddWithoutValidation("omh-reach", reach);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var client = new HttpClient { BaseAddress = services.Client.BaseAddress };
        return await client.SendAsync(request);
    }

    public Task<HttpResponseMessage> Get(string path, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Get, path, null, headers);

    public Task<HttpResponseMessage> Create(Resource resource, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, resource.TypeName, Body(resource), headers);

    public Task<HttpResponseMessage> Update(Resource resource, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Put, $"{resource.TypeName}/{resource.Id}", Body(resource), headers);

    public Task<HttpResponseMessage> PostSearch(string type, string form) =>
        Send(HttpMethod.Post, $"{type}/_search",
            new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"));

    /// <summary>Creates a resource and gives what was stored.</summary>
    public async Task<T> Stored<T>(T resource) where T : Resource
    {
        var response = await Create(resource);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return await RunningServices.Read<T>(response);
    }

    /// <summary>The ids that a search finds, in its order.</summary>
    public async Task<IReadOnlyList<string?>> Find(string search)
    {
        var response = await Get(search);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return Ids(await RunningServices.Read<Bundle>(response));
    }

    /// <summary>The same by POST.</summary>
    public async Task<IReadOnlyList<string?>> FindByPost(string type, string form)
    {
        var response = await PostSearch(type, form);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return Ids(await RunningServices.Read<Bundle>(response));
    }

    public static IReadOnlyList<string?> Ids(Bundle bundle) => [.. bundle.Entry.Select(entry => entry.Resource!.Id)];

    public static StringContent Body(Resource resource) =>
        RunningServices.Json(Encoding.UTF8.GetString(FhirJson.Write(resource)));

    /// <summary>Checks that a response is a refusal as api.md has them, and gives its issues.</summary>
    public static async Task<IReadOnlyList<OperationOutcome.IssueComponent>> Refused(
        HttpResponseMessage response, int status, string code, IssueType type)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/fhir+json", response.Content.Headers.ContentType?.MediaType);
        var outcome = await RunningServices.Read<OperationOutcome>(response);
        Assert.NotEmpty(outcome.Issue);
        Assert.All(outcome.Issue, issue =>
        {
            Assert.Contains(issue.Severity, (IssueSeverity?[])[IssueSeverity.Error, IssueSeverity.Fatal]);
            Assert.Equal(Messages.Systems.Error, issue.Details!.Coding.Single().System);
            Assert.Equal(code, issue.Details.Coding.Single().Code);
        });
        Assert.Equal(type, outcome.Issue[0].Code);
        return outcome.Issue;
    }
}
