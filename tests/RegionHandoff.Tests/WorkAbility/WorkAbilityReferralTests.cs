using Fhir;
using Messages;
using TaskStatus = Fhir.TaskStatus;

namespace RegionHandoff.Tests.WorkAbility;

public sealed class WorkAbilityReferralTests
{
    [Fact]
    public async Task A_regions_referral_reaches_occupational_health_once_under_ids_of_its_own()
    {
        await using var running = await Start();
        var (journey, referral) = Referral("09");
        Assert.Equal(200, (int)(await running.Respond(referral)).StatusCode);
        Assert.Equal(200, (int)(await running.Respond(referral)).StatusCode);
        await RunningRegionHandoff.Until(() => !running.Received.Referrals.IsEmpty);

        var passed = Assert.Single(running.Received.Referrals);
        Assert.NotEqual(referral.Id, passed.Id);
        Assert.NotEqual(referral.MessageHeader().Id, passed.MessageHeader().Id);
        Assert.Equal("09", passed.MessageHeader().Sender!.Identifier!.Value);
        Assert.Equal($"A-{journey}", passed.All<FhirTask>().Single().Identifier[0].Value);
        Assert.NotNull(passed.Resolve<Patient>(passed.All<FhirTask>().Single().For));
        Assert.Equal(referral.MessageHeader().Id,
            passed.All<Provenance>().Single().Entity.Single().What!.Identifier!.Value);
        Assert.Equal(TaskStatus.Requested, (await running.Handoff(journey))!.Status);
    }

    [Fact]
    public async Task The_answer_of_occupational_health_goes_back_to_the_region_by_its_own_channel()
    {
        await using var region = await RealRegion.Start();
        await using var running = await Start(region.Address);
        var (journey, referral) = Referral("09");
        await running.Respond(referral);
        var answer = TestMessages.WorkAbilityFollowUp(journey, TaskStatus.Accepted);
        await running.Send<WorkAbilityFollowUp>(answer, journey);
        await RunningRegionHandoff.Until(async () => await running.Delivery(answer) is { State: "acknowledged" });

        Assert.Single(region.Bodies);
        var task = await running.Handoff(journey);
        Assert.Equal((TaskStatus.Accepted, "work-ability-result"),
            (task!.Status!.Value, task.Output.Single().Type!.Coding[0].Code));
    }

    [Fact]
    public async Task Every_fault_of_a_referral_is_named_and_nothing_is_passed_on()
    {
        await using var running = await Start();
        var (journey, referral) = Referral("21");
        var task = referral.All<FhirTask>().Single();
        (task.Identifier, task.Focus, task.Status) = ([], null, TaskStatus.Accepted);
        referral.All<Patient>().Single().Identifier.Clear();

        var response = await running.Respond(referral);
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal(
            ["Bundle.entry[1].resource.status", "Bundle.entry[1].resource.identifier", "Bundle.entry[1].resource.focus",
                "Bundle.entry[1].resource.for", "Bundle.entry[0].resource.sender"],
            (await RunningRegionHandoff.Read<OperationOutcome>(response)).Issue.Select(issue => issue.Expression.Single()));
        Assert.Null(await running.Handoff(journey));
        Assert.Empty(running.Received.Referrals);
    }

    [Fact]
    public async Task The_same_number_in_another_message_is_a_conflict()
    {
        await using var running = await Start();
        var (journey, referral) = Referral("09");
        await running.Respond(referral);

        Assert.Equal(409, (int)(await running.Respond(TestMessages.WorkAbilityReferral(journey, "09"))).StatusCode);
    }

    [Fact]
    public async Task An_answer_to_a_referral_that_never_was_is_kept_for_the_operator()
    {
        await using var running = await Start();
        var answer = TestMessages.WorkAbilityFollowUp(TestMessages.NewJourney(), TaskStatus.Accepted);
        await running.Send<WorkAbilityFollowUp>(answer, TestMessages.NewJourney());

        await RunningRegionHandoff.Until(async () => await running.Delivery(answer) is ("undelivered", "unknown-handoff"));
    }

    private static async Task<RunningRegionHandoff> Start(string address = "mailbox")
    {
        var running = await RunningRegionHandoff.Start();
        await running.AddRegion("09", address);
        return running;
    }

    private static (string Journey, Bundle Referral) Referral(string region)
    {
        var journey = TestMessages.NewJourney();
        return (journey, TestMessages.WorkAbilityReferral(journey, region));
    }
}
