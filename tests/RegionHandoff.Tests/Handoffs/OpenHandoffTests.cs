using Fhir;
using Fhir.Json;
using Messages;
using Microsoft.Extensions.DependencyInjection;
using TaskStatus = Fhir.TaskStatus;

namespace RegionHandoff.Tests.Handoffs;

public sealed class OpenHandoffTests : IAsyncLifetime
{
    private RunningRegionHandoff running = null!;

    public async Task InitializeAsync()
    {
        running = await RunningRegionHandoff.Start();
        await running.AddRegion("09", "mailbox");
    }

    public async Task DisposeAsync() => await running.DisposeAsync();

    [Fact]
    public async Task A_handoff_is_opened_once_however_often_its_message_is_published()
    {
        var journey = TestMessages.NewJourney();
        var handoff = TestMessages.Handoff(journey, "09");
        JourneyPosition.Set(
            handoff.MessageHeader(), new JourneyPosition(ServiceNames.OccupationalHealth, journey, 1));
        var body = FhirJson.Write(handoff);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => running.Publish<HandoffRequest>(body)));
        var after = TestMessages.NewJourney();
        await running.Send<HandoffRequest>(TestMessages.Handoff(after, "09"), after);

        await RunningRegionHandoff.Until(async () =>
            await running.Handoff(journey) is not null && await running.Handoff(after) is not null);
        Assert.Equal("1", (await running.Handoff(journey))!.Meta!.VersionId);
        Assert.Equal(2, (await running.Mailbox("09")).Count);
    }

    [Fact]
    public async Task What_the_regions_professional_sees_is_stored_and_the_references_lead_to_it()
    {
        var journey = await Open("09");
        var task = (await running.Handoff(journey))!;
        Assert.Equal(TaskStatus.Requested, task.Status);
        Assert.Equal("09", task.Owner!.Identifier!.Value);
        var request = await running.Get<ServiceRequest>(task.Focus!.Reference!);
        Assert.Equal(task.For!.Reference, request.Subject!.Reference);
        var patient = await running.Get<Patient>(request.Subject.Reference!);
        Assert.Equal(TestMessages.SomePerson, patient.Identifier.Single().Value);
        var owner = await running.Get<Organization>(task.Owner.Reference!);
        Assert.True(owner.Active);
    }

    [Fact]
    public async Task The_same_person_in_two_handoffs_is_one_patient()
    {
        var first = (await running.Handoff(await Open("09")))!;
        var second = (await running.Handoff(await Open("09")))!;
        Assert.Equal(first.For!.Reference, second.For!.Reference);
        Assert.NotEqual(first.Focus!.Reference, second.Focus!.Reference);
    }

    [Fact]
    public async Task A_later_request_with_the_same_number_keeps_how_far_the_region_has_come()
    {
        var journey = await Open("09");
        await running.Respond(TestMessages.Response(journey, TaskStatus.Accepted));
        var before = (await running.Handoff(journey))!;
        await running.Send<HandoffRequest>(TestMessages.Handoff(journey, "09"), journey);
        await RunningRegionHandoff.Until(async () => (await running.Mailbox("09")).Count == 1);
        var after = (await running.Handoff(journey))!;
        Assert.Equal((before.Id, TaskStatus.Accepted), (after.Id, after.Status));
        Assert.NotEqual(before.Focus!.Reference, after.Focus!.Reference);
    }

    [Theory]
    [InlineData("21", "unknown-region", "SEND_NOT_FOUND")]
    [InlineData(null, "unknown-region", "SEND_NOT_FOUND")]
    [InlineData("07", "no-endpoint", "PROXY_UNAVAILABLE")]
    public async Task A_handoff_with_nowhere_to_go_is_kept_and_its_sender_is_told(
        string? region, string reason, string code)
    {
        await running.AddRegion("07", null);
        var journey = TestMessages.NewJourney();
        var handoff = TestMessages.Handoff(journey, region);
        await running.Send<HandoffRequest>(handoff, journey);

        await RunningRegionHandoff.Until(() => !running.Received.Reports.IsEmpty);
        Assert.Equal(("undelivered", reason), (await running.Delivery(handoff))!.Value);
        var report = running.Received.Reports.Single();
        var about = report.Resolve<MessageHeader>(report.MessageHeader().Focus.Single())!;
        Assert.Equal(handoff.MessageHeader().Id, about.Id);
        Assert.True(report.All<OperationOutcome>().Single().Issue.Single().Details!.Has(Systems.Error, code));
        Assert.Equal($"A-{journey}", report.All<FhirTask>().Single().Identifier.Single().Value);
        Assert.Empty(report.All<Patient>());
        var listed = (await running.Get<Parameters>("$undelivered")).Parameter.Single();
        Assert.Contains(listed.Part, part => part.Value is Code { Value: var value } && value == reason);
    }

    [Fact]
    public async Task What_no_region_may_get_is_not_sent_on()
    {
        var journey = TestMessages.NewJourney();
        var handoff = TestMessages.Handoff(journey, "09", withCoverage: true);
        await running.Send<HandoffRequest>(handoff, journey);
        await RunningRegionHandoff.Until(() => !running.Received.Reports.IsEmpty);
        Assert.Equal(("undelivered", "more-than-necessary"), (await running.Delivery(handoff))!.Value);
        Assert.Empty(await running.Mailbox("09"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("accepted")]
    [InlineData("accepted in-progress")]
    public async Task An_active_handoff_is_withdrawn_and_the_region_is_told(string path)
    {
        var journey = await Open("09");
        foreach (var step in path.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            await running.Respond(TestMessages.Response(journey, EnumCodes.Parse<TaskStatus>(step)!.Value));
        await running.Send<HandoffCancel>(TestMessages.Cancel(journey), journey);

        await RunningRegionHandoff.Until(
            async () => (await running.Handoff(journey))!.Status == TaskStatus.Cancelled);
        Assert.Equal(Events.HandoffCancel, ((Coding)(await running.Mailbox("09"))[^1].MessageHeader().Event!).Code);
        var late = await running.Respond(TestMessages.Response(journey, TaskStatus.InProgress));
        Assert.Equal(409, (int)late.StatusCode);
    }

    [Fact]
    public async Task A_handoff_that_has_ended_stays_and_who_withdraws_it_is_told()
    {
        var journey = await Open("09");
        await running.Respond(TestMessages.Response(journey, TaskStatus.Rejected));
        var cancel = TestMessages.Cancel(journey);
        await running.Send<HandoffCancel>(cancel, journey);
        await RunningRegionHandoff.Until(() => !running.Received.Reports.IsEmpty);
        Assert.Equal(("undelivered", "no-longer-active"), (await running.Delivery(cancel))!.Value);
        Assert.Equal(TaskStatus.Rejected, (await running.Handoff(journey))!.Status);
    }

    [Fact]
    public async Task Withdrawing_what_was_never_opened_is_told_to_the_sender()
    {
        var journey = TestMessages.NewJourney();
        var cancel = TestMessages.Cancel(journey);
        await running.Send<HandoffCancel>(cancel, journey);
        await RunningRegionHandoff.Until(() => !running.Received.Reports.IsEmpty);
        Assert.Equal(("undelivered", "unknown-handoff"), (await running.Delivery(cancel))!.Value);
    }

    private async Task<string> Open(string region)
    {
        var journey = TestMessages.NewJourney();
        await running.Send<HandoffRequest>(TestMessages.Handoff(journey, region), journey);
        await RunningRegionHandoff.Until(async () => await running.Handoff(journey) is not null);
        return journey;
    }
}
