using Fhir;
using Messages;
using TaskStatus = Fhir.TaskStatus;

namespace RegionHandoff.Tests.Handoffs;

public sealed class RegionResponseTests : IAsyncLifetime
{
    private RunningRegionHandoff running = null!;

    public async Task InitializeAsync()
    {
        running = await RunningRegionHandoff.Start();
        await running.AddRegion("09", "mailbox");
        await running.AddRegion("08", "mailbox");
    }

    public async Task DisposeAsync() => await running.DisposeAsync();

    [Theory]
    [InlineData("received accepted in-progress on-hold in-progress completed")]
    [InlineData("accepted on-hold failed")]
    [InlineData("received rejected")]
    public async Task A_region_leads_the_handoff_to_its_end_and_occupational_health_hears_of_each_step(string path)
    {
        var journey = await Open();
        var steps = path.Split(' ');
        foreach (var step in steps)
        {
            var response = TestMessages.Response(journey, EnumCodes.Parse<TaskStatus>(step)!.Value);
            var answer = await running.Respond(response);
            Assert.Equal(200, (int)answer.StatusCode);
            Assert.Equal(step, (await running.Handoff(journey))!.Status!.Value.GetLiteral());
        }

        await RunningRegionHandoff.Until(() => running.Received.Responses.Count == steps.Length);
        Assert.Equal(steps, running.Received.Responses.Select(
            bundle => bundle.All<FhirTask>().Single().Status!.Value.GetLiteral()));
    }

    [Theory]
    [InlineData("", "completed")]
    [InlineData("accepted", "rejected")]
    [InlineData("accepted", "accepted")]
    [InlineData("accepted in-progress completed", "accepted")]
    [InlineData("rejected", "accepted")]
    public async Task A_move_that_the_table_does_not_hold_is_a_conflict_and_changes_nothing(string path, string last)
    {
        var journey = await Open();
        foreach (var step in path.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            await running.Respond(TestMessages.Response(journey, EnumCodes.Parse<TaskStatus>(step)!.Value));
        var before = (await running.Handoff(journey))!;

        var answer = await running.Respond(TestMessages.Response(journey, EnumCodes.Parse<TaskStatus>(last)!.Value));

        Assert.Equal(409, (int)answer.StatusCode);
        var issue = Assert.Single((await RunningRegionHandoff.Read<OperationOutcome>(answer)).Issue);
        Assert.Equal((IssueType.Conflict, "Bundle.entry[1].resource.status"), (issue.Code, issue.Expression.Single()));
        Assert.Equal(before.Meta!.VersionId, (await running.Handoff(journey))!.Meta!.VersionId);
    }

    [Theory]
    [InlineData("draft")]
    [InlineData("requested")]
    [InlineData("cancelled")]
    [InlineData("entered-in-error")]
    [InlineData("ready")]
    public async Task A_status_of_the_other_side_is_an_invariant(string status)
    {
        var journey = await Open();
        var answer = await running.Respond(TestMessages.Response(journey, EnumCodes.Parse<TaskStatus>(status)!.Value));
        Assert.Equal(400, (int)answer.StatusCode);
        var issue = Assert.Single((await RunningRegionHandoff.Read<OperationOutcome>(answer)).Issue);
        Assert.Equal(IssueType.Invariant, issue.Code);
        Assert.True(issue.Details!.Has(Systems.Error, "REC_BAD_REQUEST"));
    }

    [Fact]
    public async Task A_rejection_without_reason_guidance_and_word_to_the_patient_lists_all_three_at_once()
    {
        var journey = await Open();
        var answer = await running.Respond(TestMessages.Response(journey, TaskStatus.Rejected, task =>
        {
            task.StatusReason = null;
            task.Output.Clear();
        }));
        Assert.Equal(400, (int)answer.StatusCode);
        var issues = (await RunningRegionHandoff.Read<OperationOutcome>(answer)).Issue;
        Assert.Equal(
            ["statusReason", "output", "output"],
            issues.Select(issue => issue.Expression.Single()["Bundle.entry[1].resource.".Length..]));
        Assert.Equal("requested", (await running.Handoff(journey))!.Status!.Value.GetLiteral());
        Assert.Empty(running.Received.Responses);
    }

    [Fact]
    public async Task A_rejection_reaches_occupational_health_with_reason_guidance_and_origin()
    {
        var journey = await Open();
        var rejection = TestMessages.Response(journey, TaskStatus.Rejected);
        Assert.Equal(200, (int)(await running.Respond(rejection)).StatusCode);

        await RunningRegionHandoff.Until(() => !running.Received.Responses.IsEmpty);
        var told = running.Received.Responses.Single();
        var task = told.Resolve<FhirTask>(told.MessageHeader().Focus.Single())!;
        Assert.Equal("specialised-care-needed", task.StatusReason!.Coding.Single().Code);
        Assert.Equal(2, task.Output.Count);
        Assert.Equal(journey, task.GroupIdentifier!.Value);
        Assert.Equal($"A-{journey}", task.Identifier.Single().Value);
        Assert.NotEqual(rejection.Id, told.Id);
        Assert.Equal(
            rejection.MessageHeader().Id, told.All<Provenance>().Single().Entity.Single().What!.Identifier!.Value);
    }

    [Fact]
    public async Task The_same_answer_five_times_at_once_is_told_once()
    {
        var journey = await Open();
        var response = TestMessages.Response(journey, TaskStatus.Accepted);
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => running.Respond(response)));
        Assert.All(answers, answer => Assert.Equal(200, (int)answer.StatusCode));
        await running.Respond(TestMessages.Response(journey, TaskStatus.InProgress));
        await RunningRegionHandoff.Until(() => running.Received.Responses.Count >= 2);
        Assert.Equal(2, running.Received.Responses.Count);
        Assert.Equal("3", (await running.Handoff(journey))!.Meta!.VersionId);
    }

    [Fact]
    public async Task An_unknown_handoff_is_not_found() => Assert.Equal(404, (int)(await running.Respond(
        TestMessages.Response(TestMessages.NewJourney(), TaskStatus.Accepted))).StatusCode);

    [Fact]
    public async Task Another_regions_handoff_is_not_found()
    {
        var journey = await Open();
        var answer = await running.Respond(TestMessages.Response(journey, TaskStatus.Accepted, sender: "08"));
        Assert.Equal(404, (int)answer.StatusCode);
        answer = await running.Respond(TestMessages.Response(journey, TaskStatus.Accepted, sender: "09"));
        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_handoff_is_found_by_the_placers_number_alone_or_by_the_journey_alone()
    {
        var journey = await Open();
        Assert.Equal(200, (int)(await running.Respond(TestMessages.Response(
            journey, TaskStatus.Received, task => task.GroupIdentifier = null))).StatusCode);
        Assert.Equal(200, (int)(await running.Respond(TestMessages.Response(
            journey, TaskStatus.Accepted, task => task.Identifier.Clear()))).StatusCode);
    }

    [Fact]
    public async Task An_answer_acknowledges_the_message_it_answers()
    {
        var journey = TestMessages.NewJourney();
        var handoff = TestMessages.Handoff(journey, "09");
        await running.Send<HandoffRequest>(handoff, journey);
        await RunningRegionHandoff.Until(async () => await running.Handoff(journey) is not null);
        await running.Respond(TestMessages.Response(journey, TaskStatus.Accepted));
        Assert.Equal("acknowledged", (await running.Delivery(handoff))!.Value.State);
        Assert.Empty(await running.Mailbox("09"));
    }

    private async Task<string> Open()
    {
        var journey = TestMessages.NewJourney();
        await running.Send<HandoffRequest>(TestMessages.Handoff(journey, "09"), journey);
        await RunningRegionHandoff.Until(async () => await running.Handoff(journey) is not null);
        return journey;
    }
}
