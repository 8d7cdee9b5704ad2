using System.Collections.Concurrent;
using System.Net.Http.Headers;

namespace Faults.Tests.Parties;

/// <summary>
/// A client as the contract asks for: it sends the same bytes under the same ids again, to the next gateway, until the
/// answer is 2xx. It remembers what it met on the way.
/// </summary>
internal sealed class PatientSender(IReadOnlyList<string> addresses) : IDisposable
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(1) })
    {
        Timeout = TimeSpan.FromSeconds(60),
    };

    private long longest;

    /// <summary>Answers that no repetition would change, by their text. A good client gives up upon them.</summary>
    public ConcurrentQueue<string> Refusals { get; } = [];

    /// <summary>How often each answer that is no 2xx came; 0 stands for none at all.</summary>
    public ConcurrentDictionary<int, int> Retried { get; } = [];

    /// <summary>The longest that anything took to be answered or broken off.</summary>
    public TimeSpan Longest => TimeSpan.FromTicks(Interlocked.Read(ref longest));

    /// <summary>Posts a message until it is answered 2xx; null when it was refused for good.</summary>
    /// <param name="path">The address behind the gateway.</param>
    /// <param name="body">The message.</param>
    /// <param name="first">Which gateway gets it first.</param>
    public async Task<byte[]?> Send(string path, byte[] body, int first)
    {
        for (var number = first; ; number++)
        {
            var (status, answer) = await Try(addresses[number % addresses.Count] + path, body);
            if (status is >= 200 and <= 299) return answer;
            Retried.AddOrUpdate(status, 1, (_, count) => count + 1);
            if (status is >= 400 and < 500 and not (408 or 425 or 429))
            {
                Refusals.Enqueue($"{status} {System.Text.Encoding.UTF8.GetString(answer)}");
                return null;
            }

            await Task.Delay(BetweenTries);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<(int Status, byte[] Answer)> Try(string address, byte[] body)
    {
        var since = Stopwatch.GetTimestamp();
        try
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
            using var answer = await http.PostAsync(address, content);
            return ((int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync());
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return (0, []);
        }
        finally
        {
            Remember(Stopwatch.GetElapsedTime(since).Ticks);
        }
    }

    private void Remember(long took)
    {
        var known = Interlocked.Read(ref longest);
        while (took > known && Interlocked.CompareExchange(ref longest, took, known) is var now && now != known)
            known = now;
    }
}
