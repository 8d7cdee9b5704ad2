using System.Net;
using System.Net.Sockets;

namespace Gateway.Tests.Limits;

public class RateLimitTests
{
    [Fact]
    public async Task More_requests_at_once_than_a_caller_may_have_are_refused_and_the_others_answered()
    {
        using var held = new SemaphoreSlim(0);
        await using var upstream = await Upstream.OnTcp();
        upstream.Answer = context => held.WaitAsync(context.RequestAborted);
        await using var gateway = await RunningGateway.Before(upstream, ("Gateway:RateLimit:ConcurrentRequests", "3"));

        var held3 = Enumerable.Range(0, 3).Select(_ => gateway.Client.GetAsync("/ips/fhir/metadata")).ToArray();
        while (upstream.Requests.Count < 3) await Task.Delay(10);
        using var refused = await gateway.Client.GetAsync("/ips/fhir/metadata");
        held.Release(3);
        var answers = await Task.WhenAll(held3);

        await refused.IsOutcome(429, "SEND_TOO_MANY", "throttled");
        Assert.True(refused.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task More_requests_in_a_second_than_a_caller_may_send_are_refused_until_the_next()
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream, ("Gateway:RateLimit:RequestsPerSecond", "2"));

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(_ => gateway.Client.GetAsync("/ips/fhir/metadata")));
        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToArray();
        Assert.NotEmpty(refused);
        await refused[0].IsOutcome(429, "SEND_TOO_MANY", "throttled");

        await Task.Delay(refused[0].Headers.RetryAfter!.Delta!.Value + TimeSpan.FromMilliseconds(500));
        using var later = await gateway.Client.GetAsync("/ips/fhir/metadata");
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task One_clients_flood_is_not_the_others()
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(
            upstream, ("Gateway:RateLimit:RequestsPerSecond", "1"), ("AllowedHosts", "*"));
        using var neighbour = ClientFrom(IPAddress.Parse("127.0.0.2"), gateway);

        var flood = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => gateway.Client.GetAsync("/ips/fhir/metadata")));
        using var other = await neighbour.GetAsync("/ips/fhir/metadata");

        Assert.Contains(flood, answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Liveness_is_answered_in_the_middle_of_a_flood()
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream, ("Gateway:RateLimit:RequestsPerSecond", "1"));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gateway.Client.GetAsync("/ips/fhir/metadata")));
        using var live = await gateway.Client.GetAsync("/health/live");

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    private static HttpClient ClientFrom(IPAddress address, RunningGateway gateway) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, gateway.Port), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = gateway.Client.BaseAddress };
}
