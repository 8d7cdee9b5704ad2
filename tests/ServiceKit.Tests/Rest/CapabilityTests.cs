using Fhir;
using Microsoft.AspNetCore.Routing;

namespace ServiceKit.Tests.Rest;

/// <summary>http://hl7.org/fhir/R4/http.html#capabilities</summary>
[Collection(StoreCollection.Name)]
public sealed class CapabilityTests(StoreServer server)
{
    [Fact]
    public async Task The_statement_lists_the_routes_that_there_are_and_no_others()
    {
        foreach (var path in (string[])["/store/fhir", "/sender/fhir"])
        {
            var statement = await RunningServices.Read<CapabilityStatement>(
                await server.Services.Client.GetAsync(path + "/metadata"));
            var listed = statement.Rest.Single().Resource
                .SelectMany(resource => resource.Interaction.Select(
                    interaction => Route(interaction.Code!.Value, EnumCodes.GetLiteral(resource.Type!.Value))))
                .Concat(statement.Rest[0].Resource.Where(IsStored).Select(resource =>
                    $"POST /{EnumCodes.GetLiteral(resource.Type!.Value)}/_search"))
                .Concat(statement.Rest[0].Resource.SelectMany(resource => resource.Operation.Select(operation =>
                    $"POST /{EnumCodes.GetLiteral(resource.Type!.Value)}/${operation.Name}")))
                .Concat(statement.Rest[0].Operation.Select(operation => $"POST /${operation.Name}"))
                .Append("GET /metadata")
                // Both are one route.
                .Concat(statement.Rest[0].Interaction.Select(_ => "POST /").Distinct());
            var there = server.Services.Routes.Endpoints.OfType<RouteEndpoint>()
                .Where(route => route.RoutePattern.RawText!.StartsWith(path, StringComparison.Ordinal))
                .SelectMany(route => route.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(
                    method => $"{method} {route.RoutePattern.RawText![path.Length..]}"));
            Assert.Equal(there.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task The_statement_says_what_the_base_does()
    {
        var statement = await RunningServices.Read<CapabilityStatement>(
            await server.Services.Client.GetAsync("/store/fhir/metadata"));
        Assert.Equal("4.0.1", statement.FhirVersion?.GetLiteral());
        Assert.Equal(server.As("t", "o").Root, statement.Implementation!.Url);
        Assert.Contains("application/fhir+json", statement.Format);
        var resources = statement.Rest.Single().Resource;
        Assert.All(resources.Where(IsStored), resource => Assert.False(resource.UpdateCreate));
        var patient = resources.Single(resource => resource.Type == ResourceType.Patient);
        Assert.True(patient.ConditionalCreate);
        Assert.Equal(
            ["token", "date", "uri", "string", "reference"],
            ((string[])["identifier", "birthdate", "_profile", "family", "organization"]).Select(
                name => patient.SearchParam.Single(parameter => parameter.Name == name).Type!.Value.GetLiteral()));
        Assert.Equal(["transaction", "batch"], statement.Rest[0].Interaction.Select(
            interaction => interaction.Code!.Value.GetLiteral()));
        var task = resources.Single(resource => resource.Type == ResourceType.Task);
        Assert.Contains("Task:patient", task.SearchInclude);
        Assert.DoesNotContain("Task:encounter", task.SearchInclude);
        Assert.Contains("Observation:focus", task.SearchRevInclude);
        Assert.Contains("Observation:patient", patient.SearchRevInclude);
        Assert.DoesNotContain("Observation:performer", task.SearchRevInclude);
        Assert.Equal(patient.SearchParam.Count, patient.SearchParam.DistinctBy(parameter => parameter.Name).Count());
        var organization = resources.Single(resource => resource.Type == ResourceType.Organization);
        Assert.NotEqual(true, organization.ConditionalCreate);
    }

    [Fact]
    public async Task The_messages_that_are_taken_are_listed()
    {
        var statement = await RunningServices.Read<CapabilityStatement>(
            await server.Services.Client.GetAsync("/sender/fhir/metadata"));
        Assert.EndsWith(
            "/MessageDefinition/referral-request",
            statement.Messaging.Single().SupportedMessage.Single().Definition, StringComparison.Ordinal);
    }

    private static bool IsStored(CapabilityStatement.ResourceComponent resource) =>
        resource.Interaction.Exists(interaction => interaction.Code == TypeRestfulInteraction.Vread);

    private static string Route(TypeRestfulInteraction interaction, string type) => interaction switch
    {
        TypeRestfulInteraction.Read => $"GET /{type}/{{id}}",
        TypeRestfulInteraction.Vread => $"GET /{type}/{{id}}/_history/{{version}}",
        TypeRestfulInteraction.HistoryInstance => $"GET /{type}/{{id}}/_history",
        TypeRestfulInteraction.SearchType => $"GET /{type}",
        TypeRestfulInteraction.Create => $"POST /{type}",
        TypeRestfulInteraction.Update => $"PUT /{type}/{{id}}",
        _ => $"{interaction} of {type}",
    };
}
