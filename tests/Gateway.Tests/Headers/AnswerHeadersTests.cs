using System.Net;
using Gateway.Headers;

namespace Gateway.Tests.Headers;

public class AnswerHeadersTests
{
    [Theory]
    [InlineData("/ips/fhir/metadata", HttpStatusCode.OK)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    public async Task Ids_are_echoed_in_answers_and_refusals(string target, HttpStatusCode status)
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream);

        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        request.Headers.Add("X-Request-ID", "c1edb1ea-9a75-4c5f-b1bb-0c1f7b9d2c11");
        request.Headers.Add("X-Correlation-ID", "journey.7");
        using var answer = await gateway.Client.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("c1edb1ea-9a75-4c5f-b1bb-0c1f7b9d2c11", Only(answer, "X-Request-ID"));
        Assert.Equal("journey.7", Only(answer, "X-Correlation-ID"));
    }

    [Fact]
    public async Task Ids_are_made_where_absent_and_the_service_gets_the_same_ones()
    {
        await using var upstream = await Upstream.OnTcp();
        await using var gateway = await RunningGateway.Before(upstream);

        using var answer = await gateway.Client.GetAsync("/ips/fhir/metadata");

        Assert.True(Guid.TryParse(Only(answer, "X-Request-ID"), out _));
        Assert.Equal(Only(answer, "X-Request-ID"), upstream.Single.Headers["X-Request-ID"]);
        Assert.Equal(Only(answer, "X-Correlation-ID"), upstream.Single.Headers["X-Correlation-ID"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a,b")]
    [InlineData("<script>")]
    [InlineData("ääkkönen")]
    [InlineData("-starts-with-a-hyphen")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789")]
    [InlineData("line\n")]
    // Personal identity codes, the 900 series: never given to a person.
    [InlineData("010190-900P")]
    [InlineData("person.010190A900P")]
    public void An_id_that_is_not_a_short_safe_token_is_replaced(string sent)
    {
        Assert.NotEqual(sent, RequestId.SafeOrNew(sent));
        Assert.True(Guid.TryParse(RequestId.SafeOrNew(sent), out _));
    }

    [Fact]
    public void Ids_of_the_usual_kinds_are_kept()
    {
        string[] usual = ["019f0e7a-1b2c-7d3e-8f40-123456789abc", "7f2a", "01HZXV9Q8C3M2N4P5R6S7T8V9W", "a.b_c-d"];
        Assert.Equal(usual, usual.Select(RequestId.SafeOrNew));
    }

    [Fact]
    public async Task Answers_carry_the_headers_of_a_careful_server_and_do_not_name_it()
    {
        await using var upstream = await Upstream.OnTcp();
        upstream.Answer = context =>
        {
            context.Response.Headers.Server = "Kestrel";
            context.Response.Headers.XPoweredBy = "something";
            context.Response.Headers["omh-tenant"] = "local";
            return Task.CompletedTask;
        };
        await using var gateway = await RunningGateway.Before(upstream);

        foreach (var target in (string[])["/ips/fhir/metadata", "/nowhere", "/health/live"])
        {
            using var answer = await gateway.Client.GetAsync(target);
            Assert.Equal("nosniff", Only(answer, "X-Content-Type-Options"));
            Assert.Equal("no-store", Only(answer, "Cache-Control"));
            Assert.Equal("no-referrer", Only(answer, "Referrer-Policy"));
            Assert.False(answer.Headers.Contains("Server"));
            Assert.False(answer.Headers.Contains("X-Powered-By"));
            Assert.False(answer.Headers.Contains("omh-tenant"));
        }
    }

    private static string Only(HttpResponseMessage answer, string name) =>
        Assert.Single(answer.Headers.GetValues(name));
}
