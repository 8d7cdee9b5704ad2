using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Health;

public class HealthTests
{
    [Fact]
    public async Task The_gateway_is_ready_when_every_service_is()
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream);

        using var answer = await gateway.Client.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(
            ["ips-coaching ready", "occupational-health ready", "region-handoff ready"], await Dependencies(answer));
        Assert.All(upstream.Requests, request => Assert.Equal("/health/ready", request.Target));
    }

    [Fact]
    public async Task Each_service_that_is_not_ready_is_named_within_the_time_for_it()
    {
        await using var good = await Upstream.OnTcp();
        await using var unready = await Upstream.OnTcp();
        unready.Answer = Results.Text("not ready: database", statusCode: 503).ExecuteAsync;
        await using var silent = await Upstream.OnTcp();
        silent.Answer = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        await using var gateway = await RunningGateway.Start(
            RunningGateway.To("occupational-health", good.Address),
            RunningGateway.To("ips-coaching", unready.Address),
            RunningGateway.To("region-handoff", silent.Address),
            ("Gateway:ReadinessTimeout", "00:00:00.5"));

        using var answer = await gateway.Client.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(
            ["ips-coaching not ready: database", "occupational-health ready", "region-handoff no answer"],
            await Dependencies(answer));
    }

    [Fact]
    public async Task The_gateway_lives_though_every_service_is_away()
    {
        await using var gateway = await RunningGateway.Before("http://127.0.0.1:1/");

        using var live = await gateway.Client.GetAsync("/health/live");
        using var ready = await gateway.Client.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
    }

    private static async Task<string[]> Dependencies(HttpResponseMessage answer)
    {
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return [.. json.RootElement.GetProperty("dependencies").EnumerateObject()
            .Select(dependency => $"{dependency.Name} {dependency.Value.GetString()}")];
    }
}
