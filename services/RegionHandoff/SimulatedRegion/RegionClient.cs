using System.Net.Http.Headers;
using Fhir;
using Fhir.Json;
using Messages;
using RegionHandoff.Regions;
using Endpoint = Fhir.Endpoint;
using TaskStatus = Fhir.TaskStatus;

namespace RegionHandoff.SimulatedRegion;

/// <summary>All that the simulated region asks of RegionHandoff, over HTTP like any outside party.</summary>
internal sealed class RegionClient(HttpClient http, Func<string> root)
{
    private const int ManyEnough = 200;

    /// <summary>
    /// The codes of the regions that are played: those with a mailbox, or an endpoint at our address.
    /// </summary>
    public async Task<IReadOnlySet<string>> Played(string listen, CancellationToken cancel)
    {
        var organizations = await Search<Organization>($"Organization?_count={ManyEnough}", cancel);
        var codes = organizations.ToDictionary(o => $"Organization/{o.Id}", o => Region.CodeOf(o));
        var endpoints = await Search<Endpoint>($"Endpoint?_count={ManyEnough}", cancel);
        return endpoints
            .Where(endpoint => ConnectionTypes.IsMailbox(endpoint.ConnectionType)
                || (listen.Length > 0 && endpoint.Address?.StartsWith(listen, StringComparison.Ordinal) == true))
            .Select(endpoint => codes.GetValueOrDefault(endpoint.ManagingOrganization?.Reference ?? ""))
            .OfType<string>().ToHashSet();
    }

    public async Task<IReadOnlyList<Bundle>> Mailbox(string region, CancellationToken cancel) =>
        [.. (await Get($"$mailbox?region={region}", cancel)).All<Bundle>()];

    public Task<IReadOnlyList<FhirTask>> Handoffs(TaskStatus status, CancellationToken cancel) =>
        Search<FhirTask>($"Task?status={status.GetLiteral()}&_sort=_lastUpdated&_count={ManyEnough}", cancel);

    /// <summary>True when the answer stands, also when it stood before.</summary>
    public async Task<bool> Answer(Bundle response, CancellationToken cancel)
    {
        using var body = new ByteArrayContent(FhirJson.Write(response));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        using var answer = await http.PostAsync($"{root()}/$process-message", body, cancel);
        return answer.IsSuccessStatusCode || (int)answer.StatusCode == 409;
    }

    public async Task Acknowledge(string headerId, CancellationToken cancel)
    {
        using var answer = await http.PostAsync($"{root()}/MessageHeader/{headerId}/$acknowledge", null, cancel);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<IReadOnlyList<T>> Search<T>(string query, CancellationToken cancel) where T : Resource =>
        [.. (await Get(query, cancel)).All<T>()];

    private async Task<Bundle> Get(string path, CancellationToken cancel) =>
        FhirJson.Read(await http.GetByteArrayAsync($"{root()}/{path}", cancel)).Resource as Bundle
        ?? throw new HttpRequestException("The answer is not a Bundle.");
}
