using System.Diagnostics;

namespace Gateway.Tests.Forwarding;

public class AwayServiceTests
{
    [Fact]
    public async Task A_dead_service_is_refused_at_once_and_found_again_when_it_is_back()
    {
        var upstream = await Upstream.OnTcp();
        var port = new Uri(upstream.Address).Port;
        await using var gateway = await RunningGateway.Before(upstream);
        Assert.Equal("answered", await gateway.Client.GetStringAsync("/ips/fhir/metadata"));

        await upstream.DisposeAsync();
        var clock = Stopwatch.StartNew();
        using var refused = await gateway.Client.GetAsync("/ips/fhir/metadata");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        await refused.IsOutcome(503, "PROXY_UNAVAILABLE", "transient");
        Assert.Equal(TimeSpan.FromSeconds(5), refused.Headers.RetryAfter?.Delta);

        await using var back = await Upstream.OnTcp(port);
        Assert.Equal("answered", await gateway.Client.GetStringAsync("/ips/fhir/metadata"));
    }

    [Fact]
    public async Task A_service_that_takes_no_connection_is_given_up_within_the_time_to_connect()
    {
        using var full = new FullListener();
        await using var gateway = await RunningGateway.Before(
            full.Address, ("Gateway:ConnectTimeout", "00:00:01"));

        var clock = Stopwatch.StartNew();
        using var answer = await gateway.Client.GetAsync("/ips/fhir/metadata");

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await answer.IsOutcome(503, "PROXY_UNAVAILABLE", "transient");
    }

    [Fact]
    public async Task A_service_that_connects_and_stays_silent_is_given_up_when_the_whole_request_is_too_long()
    {
        await using var upstream = await Upstream.OnTcp();
        upstream.Answer = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        await using var gateway = await RunningGateway.Before(upstream, ("Gateway:RequestTimeout", "00:00:01"));

        var clock = Stopwatch.StartNew();
        using var answer = await gateway.Client.GetAsync("/ips/fhir/metadata");

        Assert.InRange(clock.Elapsed, TimeSpan.FromMilliseconds(900), TimeSpan.FromSeconds(5));
        await answer.IsOutcome(504, "PROXY_TIMEOUT", "timeout");
    }

    [Fact]
    public async Task A_missing_Unix_socket_is_a_service_that_is_away()
    {
        await using var gateway = await RunningGateway.Start(("Gateway:UnixSocket", "/tmp/omh-nobody-listens.sock"));

        using var answer = await gateway.Client.GetAsync("/regions/fhir/metadata");

        await answer.IsOutcome(503, "PROXY_UNAVAILABLE", "transient");
    }
}
