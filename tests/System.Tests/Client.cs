using System.Net.Http.Headers;
using System.Text;
using Fhir;
using Fhir.Json;

namespace System.Tests;

/// <summary>An outside party that talks to the gateway.</summary>
internal sealed class Client(string address) : IDisposable
{
    public const string OccupationalHealth = "/occupational-health/fhir", Ips = "/ips/fhir", Regions = "/regions/fhir";

    public string Address => address;

    private readonly HttpClient http = new() { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>Shows an access token from now on.</summary>
    public void Show(string token) => http.DefaultRequestHeaders.Authorization = new("Bearer", token);

    public Task<HttpResponseMessage> Post(string path, string json) =>
        http.PostAsync(path, new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/fhir+json")));

    /// <summary>Posts a message to a base.</summary>
    public Task<HttpResponseMessage> Send(string root, string json) => Post($"{root}/$process-message", json);

    /// <summary>Posts an example message and reads the answer, which must be 200.</summary>
    public async Task<Bundle> Answer(string root, string json)
    {
        var response = await Send(root, json);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await Read<Bundle>(response);
    }

    public async Task<T> Get<T>(string path) where T : Resource
    {
        var response = await http.GetAsync(path);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {await response.Content.ReadAsStringAsync()}");
        return await Read<T>(response);
    }

    /// <summary>Stores a new version of a resource; the answer must be 2xx.</summary>
    public async Task Put(string path, Resource resource)
    {
        var content = new ByteArrayContent(FhirJson.Write(resource));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        var response = await http.PutAsync(path, content);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>What the mailbox of a region holds: its unacknowledged messages.</summary>
    public async Task<IReadOnlyList<Bundle>> Mailbox(string region)
    {
        var box = await Get<Bundle>($"{Regions}/$mailbox?region={region}");
        return [.. box.Entry.Select(entry => Assert.IsType<Bundle>(entry.Resource))];
    }

    /// <summary>The mailbox once it holds that many messages; fails when it never does.</summary>
    public async Task<IReadOnlyList<Bundle>> Mailbox(string region, int expected)
    {
        for (var i = 0; i < 400; i++)
        {
            if (await Mailbox(region) is var box && box.Count == expected) return box;
            await Task.Delay(25);
        }

        var last = await Mailbox(region);
        Assert.Equal(expected, last.Count);
        return last;
    }

    public static async Task<T> Read<T>(HttpResponseMessage response) where T : Resource
    {
        var read = FhirJson.Read(await response.Content.ReadAsByteArrayAsync());
        Assert.Empty(read.Issues);
        return Assert.IsType<T>(read.Resource);
    }

    public void Dispose() => http.Dispose();
}
