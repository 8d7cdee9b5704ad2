using Fhir;
using Messages;
using Microsoft.AspNetCore.Http;
using TestServers;

namespace RegionHandoff.Tests.Delivery;

/// <summary>
/// Deadlines by a clock that the test turns: 30 minutes and two resends (MedCom), 5 minutes in an emergency.
/// </summary>
public sealed class DeadlineTests
{
    private static readonly TimeSpan Thirty = TimeSpan.FromMinutes(30);

    [Fact]
    public async Task A_mailbox_message_that_nobody_takes_is_reported_after_the_third_half_hour_and_stays_in_the_box()
    {
        await using var running = await Start("mailbox");
        var handoff = await Send(running);
        for (var i = 0; i < 2; i++) await running.Turn(Thirty);
        await running.Turn(TimeSpan.FromMinutes(29));
        Assert.Equal("waiting", (await running.Delivery(handoff))!.Value.State);

        await running.Turn(TimeSpan.FromMinutes(1));
        Assert.Equal(("undelivered", "not-acknowledged"), (await running.Delivery(handoff))!.Value);
        await RunningRegionHandoff.Until(() => !running.Received.Reports.IsEmpty);
        Assert.True(running.Received.Reports.Single().All<OperationOutcome>().Single().Issue.Single()
            .Details!.Has(Systems.Error, "PROXY_TIMEOUT"));
        Assert.Single((await running.Get<Parameters>("$undelivered")).Parameter);
        Assert.Single(await running.Mailbox("08"));

        // Late is better than never: the box empties and so does the list.
        await running.Post($"MessageHeader/{handoff.MessageHeader().Id}/$acknowledge", null);
        Assert.Empty(await running.Mailbox("08"));
        Assert.Empty((await running.Get<Parameters>("$undelivered")).Parameter);
        await running.Turn(TimeSpan.FromDays(1));
        Assert.Single(running.Received.Reports);
    }

    [Fact]
    public async Task What_is_acknowledged_in_time_is_never_reported()
    {
        await using var running = await Start("mailbox");
        var handoff = await Send(running);
        await running.Turn(TimeSpan.FromMinutes(29));
        await running.Post($"MessageHeader/{handoff.MessageHeader().Id}/$acknowledge", null);
        await running.Turn(TimeSpan.FromDays(1));
        Assert.Equal("acknowledged", (await running.Delivery(handoff))!.Value.State);
        Assert.Empty(running.Received.Reports);
    }

    [Fact]
    public async Task An_endpoint_that_stays_down_is_sent_to_again_at_each_deadline_before_the_report()
    {
        await using var region = await RealRegion.Start();
        region.Behaves = (_, _) => Task.FromResult<IResult?>(Results.StatusCode(503));
        await using var running = await Start(
            region.Address, ("Delivery:FirstPause", "00:01:00"), ("Delivery:LongestPause", "01:00:00"),
            ("Delivery:Retries", "0"));
        var handoff = await Send(running);
        for (var attempts = 1; attempts <= 3; attempts++)
        {
            var expected = attempts;
            await RunningRegionHandoff.Until(() => region.Bodies.Count >= expected);
            Assert.Equal("waiting", (await running.Delivery(handoff))!.Value.State);
            await Task.Delay(200);
            await running.Turn(Thirty);
        }

        Assert.Equal(("undelivered", "not-acknowledged"), (await running.Delivery(handoff))!.Value);
        await RunningRegionHandoff.Until(() => !running.Received.Reports.IsEmpty);
        Assert.Single(region.Bodies.Select(Convert.ToHexString).Distinct());
        Assert.Single(running.Received.Reports);
    }

    [Fact]
    public async Task An_emergency_that_is_not_acknowledged_within_five_minutes_is_reported_at_once()
    {
        await using var region = await RealRegion.Start();
        region.Behaves = (_, _) => Task.FromResult<IResult?>(Results.StatusCode(503));
        await using var running = await Start(region.Address);
        var handoff = await Send(running, RequestPriority.Stat);
        await running.Turn(TimeSpan.FromMinutes(4));
        Assert.Equal("waiting", (await running.Delivery(handoff))!.Value.State);
        await running.Turn(TimeSpan.FromMinutes(1));
        Assert.Equal(("undelivered", "not-acknowledged"), (await running.Delivery(handoff))!.Value);
        await RunningRegionHandoff.Until(() => !running.Received.Reports.IsEmpty);
    }

    [Fact]
    public async Task An_emergency_for_a_region_with_a_mailbox_only_is_put_there_and_its_sender_told_to_phone_once()
    {
        await using var running = await Start("mailbox");
        var handoff = await Send(running, RequestPriority.Stat);
        await RunningRegionHandoff.Until(() => !running.Received.Reports.IsEmpty);
        Assert.Single(await running.Mailbox("08"));
        var issue = running.Received.Reports.Single().All<OperationOutcome>().Single().Issue.Single();
        Assert.Equal(IssueType.NotSupported, issue.Code);

        await running.Turn(TimeSpan.FromMinutes(5));
        Assert.Equal(("undelivered", "not-acknowledged"), (await running.Delivery(handoff))!.Value);
        await Task.Delay(300);
        Assert.Single(running.Received.Reports);
    }

    [Fact]
    public async Task Deadlines_outlive_the_process()
    {
        await using var backend = await TestBackend.Create();
        var time = new ManualTime();
        Bundle handoff;
        await using (var first = await RunningRegionHandoff.Start(backend, time))
        {
            await first.AddRegion("08", "mailbox");
            handoff = await Send(first);
        }

        await using (var second = await RunningRegionHandoff.Start(backend, time))
        {
            for (var i = 0; i < 3; i++) await second.Turn(Thirty);
            Assert.Equal(("undelivered", "not-acknowledged"), (await second.Delivery(handoff))!.Value);
        }
    }

    private static async Task<RunningRegionHandoff> Start(string address, params (string, string)[] settings)
    {
        var running = await RunningRegionHandoff.Start(null, new ManualTime(), settings);
        await running.AddRegion("08", address);
        return running;
    }

    private static async Task<Bundle> Send(
        RunningRegionHandoff running, RequestPriority priority = RequestPriority.Routine)
    {
        var journey = TestMessages.NewJourney();
        var handoff = TestMessages.Handoff(journey, "08", priority);
        await running.Send<HandoffRequest>(handoff, journey);
        await RunningRegionHandoff.Until(async () => await running.Delivery(handoff) is not null);
        return handoff;
    }
}
