namespace Gateway.Tests.Headers;

public class HeaderHygieneTests
{
    [Theory]
    [InlineData("omh-organisation")]
    [InlineData("OMH-Tenant")]
    [InlineData("omh_organisation")]
    [InlineData("omh-reach")]
    [InlineData("Omh_Reach")]
    [InlineData("omh-role")]
    [InlineData("Forwarded")]
    [InlineData("X-Forwarded-User")]
    [InlineData("X-Forwarded-Host")]
    [InlineData("X-Original-URL")]
    [InlineData("X-Rewrite-URL")]
    [InlineData("X-HTTP-Method-Override")]
    [InlineData("X-Real-IP")]
    [InlineData("Proxy-Authorization")]
    [InlineData("Authorization")]
    [InlineData("Keep-Alive")]
    [InlineData("TE")]
    [InlineData("baggage")]
    public async Task A_header_that_a_service_trusts_cannot_be_forged(string name)
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/ips/fhir/metadata");
        Assert.True(request.Headers.TryAddWithoutValidation(name, "forged"));
        using var answer = await gateway.Client.SendAsync(request);

        Assert.True(answer.IsSuccessStatusCode);
        Assert.DoesNotContain(upstream.Single.Headers.Values, value => value.Contains("forged"));
    }

    [Fact]
    public async Task A_service_learns_from_the_gateway_alone_who_calls()
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/ips/fhir/metadata");
        request.Headers.Add("omh-organisation", "another");
        request.Headers.Add("omh-tenant", ["another", "third"]);
        request.Headers.Add("omh-reach", "organisation");
        using var answer = await gateway.Client.SendAsync(request);

        Assert.Equal("local", upstream.Single.Headers["omh-organisation"]);
        Assert.Equal("local", upstream.Single.Headers["omh-tenant"]);
        Assert.Equal("tenant", upstream.Single.Headers["omh-reach"]);
        Assert.Equal("127.0.0.1", upstream.Single.Headers["X-Forwarded-For"]);
        Assert.Equal($"127.0.0.1:{gateway.Port}", upstream.Single.Headers["X-Forwarded-Host"]);
        Assert.Equal("http", upstream.Single.Headers["X-Forwarded-Proto"]);
    }

    [Fact]
    public async Task Naming_a_header_in_Connection_does_not_take_away_what_the_gateway_sets()
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream);
        using var connection = await RawConnection.To(gateway);

        // HTTP/1.0 so that the answer ends: beside "close" Kestrel keeps none of the names.
        await connection.Send(
            "GET /ips/fhir/metadata HTTP/1.0", "Host: localhost", "X-Hop: one",
            "Connection: omh-organisation, x-hop, x-request-id, host", "", "");
        var answer = await connection.ReadToEnd(TimeSpan.FromSeconds(10));

        Assert.StartsWith("HTTP/1.1 200 ", answer);
        Assert.Equal("local", upstream.Single.Headers["omh-organisation"]);
        Assert.NotEmpty(upstream.Single.Headers["X-Request-ID"]);
        Assert.DoesNotContain("X-Hop", upstream.Single.Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_request_to_upgrade_the_connection_is_an_ordinary_request()
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream);
        using var connection = await RawConnection.To(gateway);

        await connection.Send(
            "GET /ips/fhir/metadata HTTP/1.0", "Host: localhost", "Connection: Upgrade", "Upgrade: websocket",
            "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "", "");
        var answer = await connection.ReadToEnd(TimeSpan.FromSeconds(10));

        Assert.StartsWith("HTTP/1.1 200 ", answer);
        Assert.DoesNotContain("Upgrade", upstream.Single.Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_words_of_a_proxy_are_believed_only_from_a_trusted_network()
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream, ("Gateway:TrustedProxies:0", "127.0.0.0/8"));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/ips/fhir/metadata");
        request.Headers.Add("X-Forwarded-For", "192.0.2.7");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        using var answer = await gateway.Client.SendAsync(request);

        Assert.Equal("192.0.2.7", upstream.Single.Headers["X-Forwarded-For"]);
        Assert.Equal("https", upstream.Single.Headers["X-Forwarded-Proto"]);
        Assert.Equal($"127.0.0.1:{gateway.Port}", upstream.Single.Headers["X-Forwarded-Host"]);
        Assert.True(answer.Headers.Contains("Strict-Transport-Security"));
    }
}
