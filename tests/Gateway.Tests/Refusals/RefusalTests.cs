using System.Net;
using Gateway.Refusals;

namespace Gateway.Tests.Refusals;

public class RefusalTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/fhir/metadata")]
    [InlineData("/ipsx/fhir/metadata")]
    [InlineData("/health")]
    [InlineData("/auth/nothing")]
    public async Task An_address_that_nothing_serves_is_not_found(string target)
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream);

        using var answer = await gateway.Client.GetAsync(target);

        await answer.IsOutcome(404, "SEND_NOT_FOUND", "not-found");
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task A_host_that_is_not_served_here_is_refused_with_an_outcome()
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream, ("AllowedHosts", "care.example"));

        using var refused = await gateway.Client.GetAsync("/ips/fhir/metadata");
        await refused.IsOutcome(400, "SEND_BAD_REQUEST", "invalid");

        using var request = new HttpRequestMessage(HttpMethod.Get, "/ips/fhir/metadata");
        request.Headers.Host = "care.example";
        using var answer = await gateway.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_refused_HEAD_has_no_body()
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream);

        using var request = new HttpRequestMessage(HttpMethod.Head, "/nowhere");
        using var answer = await gateway.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData(400, "SEND_")]
    [InlineData(401, "SEND_")]
    [InlineData(418, "SEND_")]
    [InlineData(500, "PROXY_")]
    [InlineData(502, "PROXY_")]
    [InlineData(503, "PROXY_")]
    [InlineData(511, "PROXY_")]
    public void The_code_says_whose_fault_it_is(int status, string prefix)
    {
        Assert.Equal(status, Refusal.Of(status).Status);
        Assert.StartsWith(prefix, Refusal.Of(status).Code);
    }
}
