using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;
using RegionHandoff.Regions;
using Endpoint = Fhir.Endpoint;

namespace RegionHandoff.Delivery;

/// <summary>
/// Posts a message to a region's <c>$process-message</c>: a time limit, a few retries with jitter, and a circuit
/// breaker for each endpoint, so that a region that is down does not hold up the others.
/// </summary>
public sealed class RestDelivery(DeliveryOptions options) : IRegionChannel, IDisposable
{
    private const long LongestAnswer = 10_000_000;

    // Less than a delivery is leased for, so that no other process begins while this one still tries.
    private static readonly TimeSpan AllWithin = TimeSpan.FromSeconds(40);

    private readonly ConcurrentDictionary<string, ResiliencePipeline<HttpResponseMessage>> pipelines = new();

    // Redirects are not followed: they could lead a message about a person anywhere.
    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = options.AnswerWithin,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LongestAnswer,
    };

    public string Name => DeliveryRow.Channels.Rest;

    // Each endpoint's circuit knows by itself.
    public IReadOnlyCollection<string> Away => [];

    public bool Serves(Endpoint endpoint) => ConnectionTypes.IsRest(endpoint.ConnectionType);

    public Task<RegionAnswer> Send(Endpoint endpoint, string region, byte[] message, CancellationToken cancel) =>
        Post(endpoint.Address ?? "", message, cancel);

    /// <summary>One attempt, retries included. Throws only when it is cancelled.</summary>
    /// <param name="address">The region's FHIR base.</param>
    /// <param name="message">The body, as it was received.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public async Task<RegionAnswer> Post(string address, byte[] message, CancellationToken cancel)
    {
        var pipeline = pipelines.GetOrAdd(address, _ => Pipeline());
        try
        {
            using var response = await pipeline.ExecuteAsync(
                async token => await Send(address, message, token), cancel);
            return RegionAnswer.Of(
                (int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancel), PauseAskedBy(response));
        }
        catch (BrokenCircuitException)
        {
            return new RegionAnswer.NotNow(options.BreakFor);
        }
        catch (Exception fault) when (fault is HttpRequestException or TimeoutRejectedException or UriFormatException)
        {
            return new RegionAnswer.NotNow(null);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> Send(string address, byte[] message, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(address.TrimEnd('/') + "/$process-message"));
        request.Content = new ByteArrayContent(message);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/fhir+json"));
        return await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancel);
    }

    private ResiliencePipeline<HttpResponseMessage> Pipeline()
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage>();
        builder.AddTimeout(AllWithin);
        if (options.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                // Who asks for a pause gets it between attempts, not within one.
                ShouldHandle = arguments => ValueTask.FromResult(
                    IsFault(arguments.Outcome) && arguments.Outcome.Result?.Headers.RetryAfter is null),
                MaxRetryAttempts = options.Retries, Delay = options.RetryPause,
                BackoffType = DelayBackoffType.Exponential, UseJitter = true,
                OnRetry = arguments =>
                {
                    arguments.Outcome.Result?.Dispose();
                    return default;
                },
            });
        }

        return builder
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = arguments => ValueTask.FromResult(IsFault(arguments.Outcome)),
                FailureRatio = 0.9, MinimumThroughput = options.FailuresToBreak,
                SamplingDuration = TimeSpan.FromSeconds(30), BreakDuration = options.BreakFor,
            })
            .AddTimeout(options.AnswerWithin)
            .Build();
    }

    private static bool IsFault(Outcome<HttpResponseMessage> outcome) =>
        outcome.Exception is HttpRequestException or TimeoutRejectedException
        || (outcome.Result is { } response && RegionAnswer.IsTransient((int)response.StatusCode));

    private static TimeSpan? PauseAskedBy(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta;
}
