using System.Net;
using Fhir;
using Fhir.Json;
using Messages;
using Messages.Guide;

namespace ServiceKit.Tests.Rest;

/// <summary>The implementation guide, as every base serves it.</summary>
[Collection(StoreCollection.Name)]
public sealed class GuideReadsTests(StoreServer server)
{
    private readonly StoreClient client = server.NewTenant();

    [Fact]
    public async Task Every_resource_of_the_guide_is_read_by_its_id_and_found_by_its_canonical()
    {
        foreach (var resource in GuideContent.Resources)
        {
            var response = await client.Send(HttpMethod.Get, $"{resource.TypeName}/{resource.Id}");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(FhirJson.Write(resource), await response.Content.ReadAsByteArrayAsync());

            var url = Uri.EscapeDataString(GuideContent.UrlOf(resource)!);
            var found = await RunningServices.Read<Bundle>(
                await client.Send(HttpMethod.Get, $"{resource.TypeName}?url={url}"));
            Assert.Equal((1, resource.Id), (found.Total!.Value, found.Entry.Single().Resource!.Id));
        }
    }

    [Fact]
    public async Task What_is_not_of_the_guide_is_not_found_and_nothing_can_be_written()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await client.Send(HttpMethod.Get, "ValueSet/none")).StatusCode);
        var none = await RunningServices.Read<Bundle>(
            await client.Send(HttpMethod.Get, "ValueSet?url=" + Canonicals.CodeSystem("care-place")));
        Assert.Equal(0, none.Total);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.Send(HttpMethod.Get, "ValueSet?name=x")).StatusCode);
        var post = await client.Send(HttpMethod.Post, "ValueSet", StoreClient.Body(new ValueSet()));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
    }

    [Fact]
    public async Task All_of_a_type_are_listed_without_a_parameter()
    {
        var all = await RunningServices.Read<Bundle>(await client.Send(HttpMethod.Get, "MessageDefinition"));
        Assert.Equal(GuideContent.Resources.OfType<MessageDefinition>().Count(), all.Entry.Count);
    }
}
