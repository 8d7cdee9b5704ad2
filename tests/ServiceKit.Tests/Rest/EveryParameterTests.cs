using System.Net;
using Fhir;
using Messages.Guide;

namespace ServiceKit.Tests.Rest;

/// <summary>What the CapabilityStatement promises: each parameter finds the resource that holds its value.</summary>
[Collection(StoreCollection.Name)]
public sealed class EveryParameterTests(StoreServer server)
{
    private readonly StoreClient client = server.NewTenant();

    [Theory]
    [InlineData("Task", 20)]
    [InlineData("ServiceRequest", 20)]
    [InlineData("Patient", 20)]
    [InlineData("Observation", 20)]
    public async Task Every_parameter_finds_what_it_was_extracted_from_and_nothing_else(string type, int least)
    {
        var statement = await RunningServices.Read<CapabilityStatement>(await client.Get("metadata"));
        var listed = statement.Rest[0].Resource
            .Single(resource => resource.Type!.Value.GetLiteral() == type).SearchParam.Where(parameter => parameter.Name is not ("_id" or "_lastUpdated")).ToList();
        Assert.InRange(listed.Count, least, 100);
        var other = await Create(SampleValues.Least(type).ToJsonString());
        foreach (var parameter in listed)
        {
            var definition = ModelInfo.SearchParameters.Concat(OwnSearchParameters.Infos).Single(
                one => one.Code == parameter.Name && (one.Type == type || one.Type == "Resource"));
            foreach (var expression in definition.Expression.Split('|'))
            {
                var resource = SampleValues.Least(type);
                var search = SampleValues.Put(resource, definition, expression);
                var id = await Create(resource.ToJsonString());
                var found = await client.FindByPost(
                    type, $"{parameter.Name}={Uri.EscapeDataString(search)}&_id={id},{other}");
                Assert.True(
                    found.SequenceEqual([id]),
                    $"{parameter.Name}={search} ({expression}) found {found.Count} of {resource.ToJsonString()}");
                var there = await client.FindByPost(type, $"{parameter.Name}:missing=false&_id={id}");
                Assert.True(there.Count == 1, $"{type}?{parameter.Name}:missing=false did not find {expression}.");
            }
        }
    }

    private async Task<string> Create(string json)
    {
        var type = System.Text.Json.Nodes.JsonNode.Parse(json)!["resourceType"]!.GetValue<string>();
        var response = await client.Send(HttpMethod.Post, type, RunningServices.Json(json));
        Assert.True(response.StatusCode == HttpStatusCode.Created, json + await response.Content.ReadAsStringAsync());
        return response.Headers.Location!.Segments[^3].TrimEnd('/');
    }
}
