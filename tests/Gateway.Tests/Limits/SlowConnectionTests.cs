using System.Diagnostics;

namespace Gateway.Tests.Limits;

public class SlowConnectionTests
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(16);

    [Fact]
    public async Task A_thousand_trickling_bodies_are_dropped_and_neither_services_nor_others_notice()
    {
        await using var upstream = await Upstream.OnTcp();
        upstream.Answer = context => context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        await using var gateway = await RunningGateway.Before(upstream);

        var clock = Stopwatch.StartNew();
        var connections = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => RawConnection.To(gateway)));
        var trickles = connections.Select(connection => Trickle(
            connection, "POST /ips/fhir/Task HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n")).ToArray();
        var otherClock = Stopwatch.StartNew();
        using var other = await gateway.Client.GetAsync("/ips/fhir/metadata");
        var otherTook = otherClock.Elapsed;
        Assert.Single(upstream.Requests);
        Assert.DoesNotContain(trickles, trickle => trickle.IsCompleted);
        var answers = await Task.WhenAll(trickles);

        Assert.True(other.IsSuccessStatusCode);
        Assert.InRange(otherTook, TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(2), Promise);
        Assert.All(answers, answer => OutcomeAssert.IsRawOutcome(answer, 408, "SEND_TIMEOUT", "timeout"));
    }

    [Fact]
    public async Task Headers_that_trickle_are_dropped()
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream);

        var clock = Stopwatch.StartNew();
        var answer = await Trickle(gateway, "GET /ips/fhir/metadata HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");

        Assert.NotNull(answer);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(2), Promise);
        Assert.Empty(upstream.Requests);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(80_000)]
    public async Task A_body_that_arrives_too_slowly_as_a_whole_is_the_senders_timeout(int atOnce)
    {
        await using var upstream = await Upstream.OnTcp();
        upstream.Answer = context => context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        await using var gateway = await RunningGateway.Before(upstream, ("Gateway:RequestTimeout", "00:00:01"));

        var answer = await Trickle(
            gateway,
            "POST /ips/fhir/Task HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n"
            + new string(' ', atOnce));

        OutcomeAssert.IsRawOutcome(answer, 408, "SEND_TIMEOUT", "timeout");
        Assert.Equal(atOnce > 0, upstream.Requests.Count > 0);
    }

    private static async Task<string?> Trickle(RunningGateway gateway, string start) =>
        await Trickle(await RawConnection.To(gateway), start);

    private static async Task<string?> Trickle(RawConnection opened, string start)
    {
        using var connection = opened;
        var reading = connection.ReadToEnd(TimeSpan.FromSeconds(25));
        try
        {
            await connection.SendText(start);
            while (!reading.IsCompleted)
            {
                await connection.SendText("x");
                await Task.WhenAny(reading, Task.Delay(500));
            }
        }
        catch (IOException)
        {
            // Dropped, as it should be.
        }
        return await reading;
    }
}
