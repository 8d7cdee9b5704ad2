using System.Collections.Concurrent;
using Fhir;
using Fhir.Json;

namespace Faults.Tests.Parties;

/// <summary>Asks a base for its metadata again and again, one request after the other, and keeps what it meets.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private static readonly TimeSpan BetweenVisits = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromMinutes(1) };
    private readonly CancellationTokenSource stop = new();
    private readonly Task visits;

    public Visitor(string address) => visits = Visit(new Uri($"{address}/metadata"));

    /// <summary>What came of a visit: a status, 0 for no answer at all, and the kind of resource in the answer.</summary>
    public sealed record Visited(int Status, string? Resource, TimeSpan Took);

    public ConcurrentQueue<Visited> All { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await visits.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
        http.Dispose();
    }

    private async Task Visit(Uri address)
    {
        while (true)
        {
            var since = Stopwatch.GetTimestamp();
            var (status, resource) = await Ask(address);
            All.Enqueue(new Visited(status, resource, Stopwatch.GetElapsedTime(since)));
            await Task.Delay(BetweenVisits, stop.Token);
        }
    }

    private async Task<(int Status, string? Resource)> Ask(Uri address)
    {
        try
        {
            using var answer = await http.GetAsync(address, stop.Token);
            var read = FhirJson.Read(await answer.Content.ReadAsByteArrayAsync(stop.Token), FhirReadOptions.Lenient);
            return ((int)answer.StatusCode, read.Resource?.TypeName);
        }
        catch (HttpRequestException)
        {
            return (0, null);
        }
    }
}
