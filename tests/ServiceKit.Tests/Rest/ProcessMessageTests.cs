using System.Net;
using System.Text;
using Fhir;
using Fhir.Json;
using ServiceKit.Storage;

namespace ServiceKit.Tests.Rest;

/// <summary>The duplicate table of api.md ("Messages"), each row against the running service.</summary>
public sealed class ProcessMessageTests
{
    private const string Door = "/sender/fhir/$process-message";

    [Fact]
    public async Task A_message_is_answered_with_what_came_of_it()
    {
        await using var services = await RunningServices.Start();
        var referral = SampleServices.Referral("j-1");
        var response = await services.Post(Door, referral);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = await RunningServices.Read<Bundle>(response);
        var header = Assert.IsType<MessageHeader>(answer.Entry[0].Resource);
        Assert.Equal(referral.Entry[0].Resource!.Id, header.Response!.Identifier);
        Assert.Equal(ResponseType.Ok, header.Response.Code);
        var task = Assert.IsType<FhirTask>(answer.Entry[1].Resource);
        Assert.Equal("1", task.Meta!.VersionId);
    }

    [Fact]
    public async Task The_same_message_at_once_from_many_connections_has_one_effect_and_equal_answers()
    {
        await using var services = await RunningServices.Start(
            behaviour: new Behaviour { HandlingTakes = TimeSpan.FromMilliseconds(100) });
        var text = Text(SampleServices.Referral("j-1"));
        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => services.Post(Door, text)));
        Assert.All(responses, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        var bodies = await Task.WhenAll(responses.Select(response => response.Content.ReadAsStringAsync()));
        Assert.Single(bodies.Distinct());
        Assert.Equal((1, 1, 1), await Effects(services));
        Assert.Equal(bodies[0], await (await services.Post(Door, text)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_same_ids_with_other_bytes_are_a_conflict()
    {
        await using var services = await RunningServices.Start();
        var referral = SampleServices.Referral("j-1");
        await services.Post(Door, referral);
        ((FhirTask)referral.Entry[1].Resource!).Description = "changed";
        await AssertDuplicate(await services.Post(Door, referral));
        Assert.Equal((1, 1, 1), await Effects(services));
    }

    [Fact]
    public async Task A_seen_Bundle_with_a_new_header_is_a_conflict()
    {
        await using var services = await RunningServices.Start();
        var referral = SampleServices.Referral("j-1");
        await services.Post(Door, referral);
        referral.Entry[0].Resource!.Id = Guid.CreateVersion7().ToString();
        referral.Entry[0].FullUrl = $"urn:uuid:{referral.Entry[0].Resource!.Id}";
        await AssertDuplicate(await services.Post(Door, referral));
        Assert.Equal((1, 1, 1), await Effects(services));
    }

    [Fact]
    public async Task A_new_Bundle_with_a_seen_header_gets_the_stored_answer()
    {
        await using var services = await RunningServices.Start();
        var referral = SampleServices.Referral("j-1");
        var first = await (await services.Post(Door, referral)).Content.ReadAsStringAsync();
        referral.Id = Guid.CreateVersion7().ToString();
        var second = await services.Post(Door, referral);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(first, await second.Content.ReadAsStringAsync());
        Assert.Equal((1, 1, 1), await Effects(services));
    }

    [Fact]
    public async Task A_new_Bundle_with_a_header_that_was_refused_is_processed()
    {
        await using var services = await RunningServices.Start();
        var referral = SampleServices.Referral("j-1", "stat");
        Assert.Equal(HttpStatusCode.Conflict, (await services.Post(Door, referral)).StatusCode);
        referral.Id = Guid.CreateVersion7().ToString();
        ((FhirTask)referral.Entry[1].Resource!).Priority = RequestPriority.Routine;
        Assert.Equal(HttpStatusCode.OK, (await services.Post(Door, referral)).StatusCode);
        Assert.Equal((1, 1, 1), await Effects(services));
    }

    [Fact]
    public async Task A_refused_message_leaves_no_resource_timer_or_outbox_row_and_is_refused_alike_again()
    {
        await using var services = await RunningServices.Start();
        var text = Text(SampleServices.Referral("j-1", "stat"));
        var first = await services.Post(Door, text);
        Assert.Equal(HttpStatusCode.Conflict, first.StatusCode);
        var outcome = await RunningServices.Read<OperationOutcome>(first);
        Assert.Equal("Bundle.entry[1].resource", outcome.Issue[0].Expression.Single());
        Assert.Equal((0, 0, 0), await Effects(services));
        var second = await services.Post(Door, text);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal(
            await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("""{"resourceType":"Bundle""", "")]
    [InlineData("""{"resourceType":"Patient"}""", "")]
    [InlineData("""{"resourceType":"Bundle","type":"collection"}""", "Bundle.type,Bundle.id,Bundle.entry[0].resource")]
    public async Task What_is_no_message_is_refused_with_every_fault(string body, string expressions)
    {
        await using var services = await RunningServices.Start();
        var response = await services.Post(Door, body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var outcome = await RunningServices.Read<OperationOutcome>(response);
        Assert.NotEmpty(outcome.Issue);
        if (expressions.Length > 0)
            Assert.Equal(expressions.Split(','), outcome.Issue.SelectMany(issue => issue.Expression));
        Assert.Equal((0, 0, 0), await Effects(services));
    }

    [Fact]
    public async Task An_unknown_event_is_refused_and_the_known_ones_are_named()
    {
        await using var services = await RunningServices.Start();
        var referral = SampleServices.Referral("j-1");
        ((MessageHeader)referral.Entry[0].Resource!).Event = new Coding(Messages.Systems.MessageEvent, "no-such-event");
        var response = await services.Post(Door, referral);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var issue = Assert.Single((await RunningServices.Read<OperationOutcome>(response)).Issue);
        Assert.Equal("Bundle.entry[0].resource.event.code", issue.Expression.Single());
        Assert.Contains("referral-request", issue.Diagnostics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_did_not_come_through_the_gateway_is_nobodys()
    {
        await using var services = await RunningServices.Start();
        services.Client.DefaultRequestHeaders.Remove("omh-organisation");
        var response = await services.Post(Door, SampleServices.Referral("j-1"));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal((0, 0, 0), await Effects(services));
    }

    private static async Task AssertDuplicate(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        var outcome = await RunningServices.Read<OperationOutcome>(response);
        Assert.Equal(IssueType.Duplicate, outcome.Issue.Single().Code);
    }

    private static Task<(long, long, long)> Effects(RunningServices services) => services.Sender.Read(
        async session => (
            await session.First<long>("select count(*) from resource"),
            await session.First<long>("select count(*) from outbox"),
            await session.First<long>("select count(*) from timer")), CancellationToken.None);

    private static string Text(Resource resource) => Encoding.UTF8.GetString(FhirJson.Write(resource));
}
