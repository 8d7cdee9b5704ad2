namespace Gateway.Tests.Limits;

public class FramingTests
{
    [Theory]
    [InlineData("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n")]
    [InlineData("Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde")]
    [InlineData("Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n")]
    [InlineData("Content-Length: -1\r\n\r\n")]
    public async Task A_request_whose_end_can_be_read_in_two_ways_is_refused_and_its_connection_closed(string framing)
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream);
        using var connection = await RawConnection.To(gateway);

        await connection.SendText($"POST /ips/fhir/Task HTTP/1.1\r\nHost: localhost\r\n{framing}"
            + "GET /regions/fhir/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var answer = await connection.ReadToEnd(TimeSpan.FromSeconds(10));

        Assert.StartsWith("HTTP/1.1 400 ", answer);
        Assert.Equal(0, answer!.LastIndexOf("HTTP/1.1", StringComparison.Ordinal));
        Assert.Empty(upstream.Requests);
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("TRACK")]
    [InlineData("PROPFIND")]
    public async Task A_method_that_no_service_has_is_refused(string method)
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream);

        using var request = new HttpRequestMessage(new HttpMethod(method), "/ips/fhir/metadata");
        using var answer = await gateway.Client.SendAsync(request);

        await answer.IsOutcome(405, "SEND_METHOD_NOT_ALLOWED", "not-supported");
        Assert.Contains("GET", answer.Content.Headers.Allow);
        Assert.Empty(upstream.Requests);
    }
}
