using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Gateway.Health;

/// <summary>The gateway is ready when every service behind it is; each one is named with its state.</summary>
public static class Readiness
{
    private const string Ready = "ready";
    private const string NotReady = "not ready";
    private const string NoAnswer = "no answer";
    private const int LongestText = 200;

    public sealed record Report(string Status, SortedDictionary<string, string> Dependencies);

    public static async Task<JsonHttpResult<Report>> Answer(
        IProxyStateLookup proxy, IOptions<GatewayOptions> options, CancellationToken cancellation)
    {
        var clusters = proxy.GetClusters().ToArray();
        var states = await Task.WhenAll(
            clusters.Select(cluster => StateOf(cluster, options.Value.ReadinessTimeout, cancellation)));

        var dependencies = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (cluster, state) in clusters.Zip(states)) dependencies[cluster.ClusterId] = state;

        return states.All(state => state == Ready)
            ? TypedResults.Json(new Report(Ready, dependencies))
            : TypedResults.Json(new Report(NotReady, dependencies), statusCode: 503);
    }

    // One destination that is ready can serve the whole cluster.
    private static async Task<string> StateOf(ClusterState cluster, TimeSpan timeout, CancellationToken cancellation)
    {
        var states = await Task.WhenAll(cluster.Destinations.Values.Select(
            destination => Ask(cluster.Model.HttpClient, destination.Model.Config.Address, timeout, cancellation)));
        return states.FirstOrDefault(state => state == Ready)
            ?? states.FirstOrDefault(state => state != NoAnswer)
            ?? NoAnswer;
    }

    private static async Task<string> Ask(
        HttpMessageInvoker client, string address, TimeSpan timeout, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(address), "/health/ready"));
            using var answer = await client.SendAsync(request, limit.Token);
            return answer.IsSuccessStatusCode ? Ready : await WhatIsMissing(answer, limit.Token);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return NoAnswer;
        }
    }

    // A service names its own dependencies that are away, in a line of plain text.
    private static async Task<string> WhatIsMissing(HttpResponseMessage answer, CancellationToken limit)
    {
        var body = answer.Content.Headers;
        return body is { ContentType.MediaType: "text/plain", ContentLength: > 0 and <= LongestText }
            ? await answer.Content.ReadAsStringAsync(limit)
            : NotReady;
    }
}
