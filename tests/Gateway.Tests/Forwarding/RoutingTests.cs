using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Gateway.Tests.Forwarding;

public class RoutingTests
{
    [Theory]
    [InlineData("/occupational-health/fhir/Task/1?_count=2", "occupational-health")]
    [InlineData("/occupational-health", "occupational-health")]
    [InlineData("/ips/fhir/metadata", "ips-coaching")]
    [InlineData("/regions/fhir/$mailbox?_count=3", "region-handoff")]
    public async Task Each_base_leads_to_its_service_with_the_address_unchanged(string target, string service)
    {
        await using var occupationalHealth = await Upstream.OnTcp();
        await using var coaching = await Upstream.OnTcp();
        await using var regions = await Upstream.OnTcp();
        var services = new Dictionary<string, Upstream>
        {
            ["occupational-health"] = occupationalHealth,
            ["ips-coaching"] = coaching,
            ["region-handoff"] = regions,
        };
        await using var gateway = await RunningGateway.Start(
            [.. services.Select(entry => RunningGateway.To(entry.Key, entry.Value.Address))]);

        var answer = await gateway.Client.GetStringAsync(target);

        Assert.Equal("answered", answer);
        Assert.Equal(target, services[service].Single.Target);
        Assert.Equal(1, services.Values.Sum(upstream => upstream.Requests.Count));
    }

    [Fact]
    public async Task A_service_on_a_Unix_socket_is_reached_whatever_the_clusters_address_says()
    {
        var path = Path.Combine(Path.GetTempPath(), $"omh-{Guid.CreateVersion7():n}.sock");
        await using var upstream = await Upstream.OnUnixSocket(path);
        await using var gateway = await RunningGateway.Start(("Gateway:UnixSocket", path));

        Assert.Equal("answered", await gateway.Client.GetStringAsync("/regions/fhir/metadata"));
        Assert.Equal("/regions/fhir/metadata", upstream.Single.Target);
    }

    [Fact]
    public async Task A_body_and_its_answer_pass_byte_for_byte()
    {
        await using var upstream = await Upstream.OnTcp();
        upstream.Answer = async context =>
        {
            context.Response.StatusCode = StatusCodes.Status201Created;
            context.Response.Headers.ETag = "W/\"1\"";
            context.Response.ContentType = context.Request.ContentType;
            await context.Request.Body.CopyToAsync(context.Response.Body, context.RequestAborted);
        };
        await using var gateway = await RunningGateway.Before(upstream);
        var body = new byte[1_000_000];
        new Random(1).NextBytes(body);

        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/fhir+json");
        using var answer = await gateway.Client.PostAsync("/ips/fhir/$process-message", content);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("W/\"1\"", answer.Headers.ETag?.ToString());
        Assert.Equal("application/fhir+json", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(body, await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_services_own_refusal_stays_as_it_is()
    {
        await using var upstream = await Upstream.OnTcp();
        upstream.Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        };
        await using var gateway = await RunningGateway.Before(upstream);

        using var answer = await gateway.Client.GetAsync("/ips/fhir/Task/1");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public void The_route_table_stays_below_the_settings_of_the_host()
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection([new("Gateway:RequestTimeout", "00:00:07")]);

        RouteTable.AddTo(configuration);

        Assert.Equal("00:00:07", configuration["Gateway:RequestTimeout"]);
        Assert.Equal("ips-coaching", configuration["ReverseProxy:Routes:ips:ClusterId"]);
    }

    [Fact]
    public void A_host_that_references_the_gateway_gets_no_settings_file_of_it() =>
        Assert.False(File.Exists(Path.Combine(AppContext.BaseDirectory, "appsettings.json")));
}
