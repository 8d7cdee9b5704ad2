namespace Gateway.Tests.Refusals;

public class LogTests
{
    [Theory]
    [InlineData("/ips/fhir/Task?subject=canary", "Information")]
    [InlineData("/nowhere?subject=canary", "Information")]
    [InlineData("/ips/fhir/Task?subject=canary", "Trace")]
    public async Task No_query_is_logged_whether_the_service_answers_or_is_away(string target, string level)
    {
        var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(
            upstream, ("Logging:LogLevel:Default", level), ("Gateway:RequestTimeout", "00:00:01"));

        using var answered = await gateway.Client.GetAsync(target);
        await upstream.DisposeAsync();
        using var away = await gateway.Client.GetAsync(target);

        Assert.NotEmpty(gateway.Log.All);
        Assert.DoesNotContain(gateway.Log.All, line => line.Contains("canary"));
    }

    [Fact]
    public async Task A_service_that_is_away_costs_a_line_for_each_request_and_no_stack()
    {
        var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream);
        await upstream.DisposeAsync();
        for (var visit = 0; visit < 3; visit++) (await gateway.Client.GetAsync("/ips/fhir/metadata")).Dispose();

        Assert.Equal(3, gateway.Log.All.Count(line => line.Contains("A request to ips had no answer: Request, ")));
        Assert.DoesNotContain(gateway.Log.All, line => line.Contains("   at "));
    }
}
