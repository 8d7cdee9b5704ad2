using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Forwarding;

public class SeveralInstancesTests
{
    private const string Check = "/health/serving";

    [Fact]
    public async Task A_dead_instances_requests_go_to_the_other_with_their_bodies_until_it_is_back()
    {
        var first = await Echo();
        await using var second = await Echo();
        await using var gateway = await Before(first, second);
        var port = new Uri(first.Address).Port;

        await first.DisposeAsync();
        await Task.WhenAll(Enumerable.Range(1, 50).Select(number => PostAndCompare(gateway, number)));
        await using var back = await Echo(port);

        await Until(async () =>
        {
            await PostAndCompare(gateway, 1);
            return Served(back) > 0;
        });
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    public async Task What_may_have_had_an_effect_is_never_given_to_another_instance(string body)
    {
        await using var first = await Upstream.OnTcp();
        await using var second = await Upstream.OnTcp();
        foreach (var instance in (Upstream[])[first, second]) instance.Answer = BreakOff;
        await using var gateway = await Before(first, second);

        using var answer = await gateway.Client.PostAsync("/ips/fhir/$process-message", new StringContent(body));

        await answer.IsOutcome(502, "PROXY_UNAVAILABLE", "transient");
        Assert.Equal(1, Served(first) + Served(second));
    }

    [Fact]
    public async Task A_read_that_an_instance_breaks_off_is_answered_by_another()
    {
        await using var first = await Upstream.OnTcp();
        await using var second = await Upstream.OnTcp();
        var broken = 0;
        foreach (var instance in (Upstream[])[first, second])
        {
            instance.Answer = context => context.Request.Path == Check || Interlocked.Increment(ref broken) > 1
                ? context.Response.WriteAsync("answered")
                : BreakOff(context);
        }

        await using var gateway = await Before(first, second);

        Assert.Equal("answered", await gateway.Client.GetStringAsync("/ips/fhir/Task/1"));
        Assert.Equal((1, 1), (Served(first), Served(second)));
    }

    [Theory]
    [InlineData("it says that it cannot serve")]
    [InlineData("it answers nothing")]
    public async Task An_instance_is_left_out_when(string what)
    {
        await using var bad = await Upstream.OnTcp();
        await using var good = await Upstream.OnTcp();
        bad.Answer = context => context.Request.Path != Check ? context.Response.WriteAsync("answered")
            : what == "it answers nothing" ? Task.Delay(Timeout.Infinite, context.RequestAborted)
            : Results.Text("not serving", statusCode: 503).ExecuteAsync(context);
        await using var gateway = await Before(bad, good);

        await Until(async () =>
        {
            var before = Served(bad);
            for (var i = 0; i < 30; i++) await gateway.Client.GetStringAsync("/ips/fhir/metadata");
            return Served(bad) == before;
        });
    }

    [Fact]
    public async Task An_instance_that_takes_no_connection_costs_the_time_to_connect_once()
    {
        using var full = new FullListener();
        await using var good = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Start(
            RunningGateway.To("ips-coaching", full.Address), Second(good.Address),
            RunningGateway.To("region-handoff", good.Address), ("Gateway:ConnectTimeout", "00:00:03"));
        // What only the first request of a process costs does not count.
        Assert.Equal("answered", await gateway.Client.GetStringAsync("/regions/fhir/metadata"));

        var slow = 0;
        for (var i = 0; i < 20; i++)
        {
            var clock = Stopwatch.StartNew();
            Assert.Equal("answered", await gateway.Client.GetStringAsync("/ips/fhir/metadata"));
            if (clock.Elapsed > TimeSpan.FromSeconds(2.5)) slow++;
        }

        Assert.InRange(slow, 0, 1);
    }

    [Fact]
    public async Task When_all_instances_are_away_the_answer_is_503_with_the_time_to_wait_and_soon()
    {
        await using var gateway = await RunningGateway.Start(
            RunningGateway.To("ips-coaching", "http://127.0.0.1:1/"), Second("http://127.0.0.1:2/"));

        for (var i = 0; i < 10; i++)
        {
            var clock = Stopwatch.StartNew();
            using var answer = await gateway.Client.PostAsync("/ips/fhir/$process-message", new StringContent("{}"));
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
            await answer.IsOutcome(503, "PROXY_UNAVAILABLE", "transient");
            Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
        }
    }

    [Fact]
    public async Task When_no_instance_says_that_it_can_serve_their_own_answers_still_come_through()
    {
        await using var first = await Upstream.OnTcp();
        await using var second = await Upstream.OnTcp();
        foreach (var instance in (Upstream[])[first, second])
            instance.Answer = Results.Text("the store is away", statusCode: 503).ExecuteAsync;
        await using var gateway = await Before(first, second);
        await Until(() => Task.FromResult(
            Math.Min(first.Requests.Count, second.Requests.Count) > 2));

        using var answer = await gateway.Client.GetAsync("/ips/fhir/metadata");

        Assert.Equal("the store is away", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_single_instance_is_not_asked_how_it_is()
    {
        await using var only = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(only);

        await Task.Delay(TimeSpan.FromSeconds(1));

        Assert.Empty(only.Requests);
    }

    private static Task<RunningGateway> Before(Upstream first, Upstream second) => RunningGateway.Start(
        RunningGateway.To("ips-coaching", first.Address), Second(second.Address));

    private static (string Key, string Value) Second(string address) =>
        ("ReverseProxy:Clusters:ips-coaching:Destinations:second:Address", address);

    private static async Task<Upstream> Echo(int port = 0)
    {
        var upstream = await Upstream.OnTcp(port);
        upstream.Answer = context => context.Request.Body.CopyToAsync(context.Response.Body, context.RequestAborted);
        return upstream;
    }

    private static async Task BreakOff(HttpContext context)
    {
        if (context.Request.Path == Check) return;
        await context.Request.Body.CopyToAsync(Stream.Null);
        context.Abort();
    }

    private static int Served(Upstream upstream) => upstream.Requests.Count(request => request.Target != Check);

    private static async Task PostAndCompare(RunningGateway gateway, int number)
    {
        var body = new byte[100_000 + number];
        new Random(number).NextBytes(body);
        using var answer = await gateway.Client.PostAsync("/ips/fhir/$process-message", new ByteArrayContent(body));
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(body, await answer.Content.ReadAsByteArrayAsync());
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        var clock = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
            await Task.Delay(100);
        }
    }
}
