using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;

namespace Gateway.Tests.Limits;

public class SizeLimitTests
{
    [Fact]
    public async Task A_declared_body_over_the_limit_is_refused_before_a_service_sees_it()
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream);
        using var connection = await RawConnection.To(gateway);

        await connection.Send(
            "POST /ips/fhir/$process-message HTTP/1.1", "Host: localhost", "Connection: close",
            $"Content-Length: {5 * 1024 * 1024 + 1}", "", "");
        var answer = await connection.ReadToEnd(TimeSpan.FromSeconds(15));

        OutcomeAssert.IsRawOutcome(answer, 413, "SEND_TOO_LARGE", "too-long");
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task A_chunked_body_of_6_MB_is_refused_and_never_reaches_the_service_whole()
    {
        var whole = false;
        await using var upstream = await Upstream.OnTcp();
        upstream.Answer = async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            whole = true;
        };
        await using var gateway = await RunningGateway.Before(upstream);
        using var connection = await RawConnection.To(gateway);
        var reading = connection.ReadToEnd(TimeSpan.FromSeconds(20));

        await connection.Send(
            "POST /ips/fhir/$process-message HTTP/1.1", "Host: localhost", "Transfer-Encoding: chunked", "", "");
        await SendChunks(connection, count: 96, size: 64 * 1024);
        var answer = await reading;

        OutcomeAssert.IsRawOutcome(answer, 413, "SEND_TOO_LARGE", "too-long");
        Assert.False(whole);
    }

    [Fact]
    public async Task A_chunked_body_under_the_limit_passes()
    {
        await using var upstream = await Upstream.OnTcp();
        upstream.Answer = async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            context.Response.StatusCode = (int)HttpStatusCode.Accepted;
        };
        await using var gateway = await RunningGateway.Before(upstream);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/ips/fhir/$process-message");
        request.Headers.TransferEncodingChunked = true;
        request.Content = new ByteArrayContent(new byte[4_000_000]);
        using var answer = await gateway.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity, gzip")]
    public async Task A_compressed_body_is_refused_unopened(string encoding)
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream);

        using var content = new ByteArrayContent(Bomb);
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        using var answer = await gateway.Client.PostAsync("/ips/fhir/$process-message", content);

        await answer.IsOutcome(415, "SEND_UNSUPPORTED_MEDIA", "not-supported");
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task A_compressed_answer_passes_unopened()
    {
        await using var upstream = await Upstream.OnTcp();
        upstream.Answer = async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.Body.WriteAsync(Bomb, context.RequestAborted);
        };
        await using var gateway = await RunningGateway.Before(upstream);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/ips/fhir/metadata");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        using var answer = await gateway.Client.SendAsync(request);

        Assert.Equal(Bomb, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("gzip", Assert.Single(answer.Content.Headers.ContentEncoding));
    }

    // 200 MB of nothing in about 200 kB.
    private static byte[] Bomb { get; } = Compress(200 * 1024 * 1024);

    private static byte[] Compress(int size)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            var block = new byte[1024 * 1024];
            for (var written = 0; written < size; written += block.Length) gzip.Write(block);
        }
        return packed.ToArray();
    }

    private static async Task SendChunks(RawConnection connection, int count, int size)
    {
        var chunk = $"{size:x}\r\n{new string(' ', size)}\r\n";
        try
        {
            for (var sent = 0; sent < count; sent++) await connection.SendText(chunk);
            await connection.SendText("0\r\n\r\n");
        }
        catch (IOException)
        {
            // The gateway may close as soon as it has refused.
        }
    }
}
