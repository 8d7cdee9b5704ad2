using Fhir;
using Fhir.Json;
using Messages;
using RegionHandoff.Delivery;
using RegionHandoff.Regions;
using Endpoint = Fhir.Endpoint;

namespace RegionHandoff.Tests.Regions;

public sealed class DirectoryTests
{
    [Fact]
    public async Task Every_fault_of_an_endpoint_is_named_at_once()
    {
        await using var running = await RunningRegionHandoff.Start();
        var endpoint = TestMessages.Endpoint("ftp://region.example/fhir", "Organization/nobody");
        endpoint.ConnectionType = new Coding(ConnectionTypes.Hl7System, "ihe-xds");
        endpoint.PayloadType = [new CodeableConcept("urn:x", "y")];
        endpoint.PayloadMimeType = ["text/plain"];
        var answer = await running.Post("Endpoint", endpoint);
        Assert.Equal(400, (int)answer.StatusCode);
        var issues = (await RunningRegionHandoff.Read<OperationOutcome>(answer)).Issue;
        Assert.Equal(
            ["Endpoint.address", "Endpoint.connectionType", "Endpoint.managingOrganization",
                "Endpoint.payloadMimeType", "Endpoint.payloadType"],
            issues.Select(issue => issue.Expression.Single()).Order());
    }

    [Theory]
    [InlineData("https://region.example/fhir", 0)]
    [InlineData("http://127.0.0.1:8099/fhir", 0)]
    [InlineData("http://localhost:8099/fhir", 0)]
    [InlineData("http://region.example/fhir", 1)]
    [InlineData("ftp://region.example/fhir", 1)]
    [InlineData("https://name:word@region.example/fhir?x=1", 2)]
    public void An_address_is_a_fhir_base_and_https_unless_it_stays_on_this_machine(string address, int faults) =>
        Assert.Equal(faults, EndpointRule.Faults(
            TestMessages.Endpoint(address, "Organization/x"), "08", allowPlain: false, new AmqpOptions()).Count());

    [Theory]
    [InlineData("amqps://broker.example/region-08", 0)]
    [InlineData("amqps://broker.example:5671/region-08", 0)]
    [InlineData("amqp://localhost:5672/region-08", 0)]
    [InlineData("amqp://broker.example/region-08", 1)]
    [InlineData("amqps://broker.example/region-09", 1)]
    [InlineData("amqps://broker.example/region-99", 1)]
    [InlineData("amqps://broker.example/region-08/more", 1)]
    [InlineData("amqps://broker.example/%2Fregion-08", 1)]
    [InlineData("amqps://broker.example", 1)]
    [InlineData("https://broker.example/region-08", 1)]
    [InlineData("amqp://name:word@broker.example/region-09?heartbeat=1", 4)]
    public void The_address_of_a_queue_is_the_virtual_host_of_the_region_itself(string address, int faults)
    {
        var endpoint = TestMessages.Endpoint(address, "Organization/x");
        endpoint.ConnectionType = new Coding(ConnectionTypes.OurSystem, ConnectionTypes.Amqp);
        Assert.Equal(faults, EndpointRule.Faults(
            endpoint, "08", allowPlain: false, new AmqpOptions { Host = "localhost" }).Count());
    }

    [Fact]
    public void Without_a_broker_there_is_no_such_channel_and_the_refusal_names_the_settings()
    {
        var endpoint = TestMessages.Endpoint("amqps://broker.example/region-08", "Organization/x");
        var issue = Assert.Single(EndpointRule.Faults(endpoint, "08", allowPlain: false, new AmqpOptions()));
        Assert.Equal((IssueType.NotSupported, "Endpoint.connectionType"), (issue.Code, issue.Expression));
        Assert.Contains("Delivery:Amqp:Host", issue.Message);
    }

    [Fact]
    public void A_closed_network_may_allow_http() => Assert.Empty(EndpointRule.Faults(
        TestMessages.Endpoint("http://region/fhir", "Organization/x"), "08", allowPlain: true, new AmqpOptions()));

    [Fact]
    public async Task A_county_code_stands_in_the_directory_once_and_is_a_real_one()
    {
        await using var running = await RunningRegionHandoff.Start();
        await running.AddRegion("08", null);
        Assert.Equal(409, (int)(await running.Post("Organization", Named("08"))).StatusCode);
        Assert.Equal(400, (int)(await running.Post("Organization", Named("99"))).StatusCode);
        var nameless = new Organization { Active = true };
        nameless.Identifier.Add(new Identifier("urn:x", "y"));
        var answer = await running.Post("Organization", nameless);
        Assert.Equal(2, (await RunningRegionHandoff.Read<OperationOutcome>(answer)).Issue.Count);
    }

    [Fact]
    public async Task A_region_that_moves_mends_its_endpoint_and_what_waits_follows()
    {
        await using var region = await RealRegion.Start();
        await using var running = await RunningRegionHandoff.Start();
        await running.AddRegion("08", "http://127.0.0.1:1/fhir");
        var journey = TestMessages.NewJourney();
        var handoff = TestMessages.Handoff(journey, "08");
        await running.Send<HandoffRequest>(handoff, journey);
        await RunningRegionHandoff.Until(async () => await running.Delivery(handoff) is not null);

        await running.ChangeEndpoint(region.Address);
        await RunningRegionHandoff.Until(async () => await running.Delivery(handoff) is { State: "acknowledged" });
        Assert.Single(region.Taken);
    }

    [Fact]
    public async Task The_sample_directory_and_catalogue_pass_every_rule()
    {
        await using var running = await RunningRegionHandoff.Start();
        var sample = (Bundle)FhirJson.Read(await File.ReadAllBytesAsync(SampleFile())).Resource!;
        Dictionary<string, string> ids = [];
        foreach (var resource in sample.Entry.Select(entry => entry.Resource!))
        {
            if (resource is Endpoint { ManagingOrganization: { } manager }) manager.Reference = ids[manager.Reference!];
            if (resource is HealthcareService { ProvidedBy: { } by }) by.Reference = ids[by.Reference!];
            var answer = await running.Post(resource.TypeName, resource);
            Assert.True((int)answer.StatusCode == 201, await answer.Content.ReadAsStringAsync());
            var location = answer.Headers.Location!.ToString().Split('/');
            ids[$"{resource.TypeName}/{resource.Id}"] = $"{location[^4]}/{location[^3]}";
        }

        Assert.Equal(4, (await running.Get<Bundle>("Organization")).Entry.Count);
    }

    [Fact]
    public async Task A_service_without_provider_name_kind_place_and_state_has_five_faults()
    {
        await using var running = await RunningRegionHandoff.Start();
        var answer = await running.Post("HealthcareService", new HealthcareService { Comment = "Nothing else." });
        Assert.Equal(5, (await RunningRegionHandoff.Read<OperationOutcome>(answer)).Issue.Count);
    }

    private static Organization Named(string code)
    {
        var organization = new Organization { Active = true, Name = "A region" };
        organization.Identifier.Add(new Identifier(Systems.Region, code));
        return organization;
    }

    private static string SampleFile()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "OccupationalMentalHealth.sln"))) folder = folder.Parent;
        return Path.Combine(folder.FullName, "deploy", "Standalone", "SampleData", "region-handoff.json");
    }
}
