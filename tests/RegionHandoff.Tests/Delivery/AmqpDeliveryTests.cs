using Fhir;
using Fhir.Json;
using Messages;
using TestServers;

namespace RegionHandoff.Tests.Delivery;

/// <summary>What goes into a region's queue, and what its responses bring about.</summary>
public sealed class AmqpDeliveryTests
{
    [FactOnRabbit]
    public async Task A_region_gets_the_very_bytes_that_occupational_health_sent_and_no_word_beside_them()
    {
        await using var setting = await AmqpSetting.Start();
        var journey = TestMessages.NewJourney();
        var handoff = TestMessages.Handoff(journey, "08");
        JourneyPosition.Set(
            handoff.MessageHeader(), new JourneyPosition(ServiceNames.OccupationalHealth, journey, 1));
        var body = FhirJson.Write(handoff);
        await setting.Running.Publish<HandoffRequest>(body);

        var got = await setting.Region.Gets(handoff);
        Assert.Equal(body, got.Body);
        Assert.Equal("application/fhir+json", got.Properties.ContentType);
        Assert.True(got.Properties.Persistent);
        Assert.False(got.Properties.IsMessageIdPresent() || got.Properties.IsCorrelationIdPresent()
            || got.Properties.IsAppIdPresent() || got.Properties.IsUserIdPresent() || got.Properties.IsTypePresent());
        // The client library numbers what it publishes.
        Assert.All(got.Properties.Headers ?? new Dictionary<string, object?>(), header => Assert.IsType<long>(header.Value));
    }

    [FactOnRabbit]
    public async Task A_message_is_acknowledged_when_the_region_responds_ok_and_not_before()
    {
        await using var setting = await AmqpSetting.Start();
        var handoff = await setting.Send();
        var got = await setting.Region.Gets(handoff);
        await Task.Delay(1500);
        Assert.Equal("waiting", await setting.StateOf(handoff));
        Assert.Single(setting.Region.Inbox);

        await setting.Region.Respond(got);
        await setting.Becomes(handoff, "acknowledged");
        Assert.Empty(setting.Running.Received.Reports);
        Assert.Empty(await setting.Running.Mailbox("08"));
    }

    [FactOnRabbit]
    public async Task Messages_of_a_journey_come_once_and_in_order_though_none_is_acknowledged()
    {
        await using var setting = await AmqpSetting.Start();
        var journeys = Enumerable.Range(0, 40).Select(_ => TestMessages.NewJourney()).ToList();
        Dictionary<string, Bundle[]> sent = [];
        foreach (var journey in journeys)
        {
            sent[journey] = [TestMessages.Handoff(journey, "08"), TestMessages.Handoff(journey, "08"), TestMessages.Cancel(journey)];
            await setting.Running.Send<HandoffRequest>(sent[journey][0], journey);
            await setting.Running.Send<HandoffRequest>(sent[journey][1], journey);
            await setting.Running.Send<HandoffCancel>(sent[journey][2], journey);
        }

        await RunningRegionHandoff.Until(() => setting.Region.Inbox.Count >= 120);
        // Long enough for each to be sent again, were it to be.
        await Task.Delay(2500);
        var order = setting.Region.Inbox.Select(message => message.Bundle.Id).ToList();
        Assert.Equal(120, order.Count);
        Assert.All(sent.Values, messages =>
        {
            var places = messages.Select(message => order.IndexOf(message.Id)).ToList();
            Assert.DoesNotContain(-1, places);
            Assert.Equal(places.Order(), places);
        });
    }

    [FactOnRabbit]
    public async Task A_fatal_error_gives_the_message_up_and_its_sender_is_told()
    {
        await using var setting = await AmqpSetting.Start();
        var handoff = await setting.Send();
        await setting.Region.Respond(await setting.Region.Gets(handoff), ResponseType.FatalError);
        await RunningRegionHandoff.Until(() => !setting.Running.Received.Reports.IsEmpty);
        Assert.Equal(("undelivered", "refused"), (await setting.Running.Delivery(handoff))!.Value);
        Assert.Single(setting.Region.Inbox);
    }

    [FactOnRabbit]
    public async Task A_transient_error_has_the_same_bytes_sent_again_until_they_are_taken()
    {
        await using var setting = await AmqpSetting.Start();
        setting.Region.Reads = message => setting.Region.Respond(
            message, setting.Region.Inbox.Count < 4 ? ResponseType.TransientError : ResponseType.Ok);
        var handoff = await setting.Send();
        await setting.Becomes(handoff, "acknowledged");
        Assert.Equal(4, setting.Region.Inbox.Count);
        Assert.Single(setting.Region.Inbox.Select(message => Convert.ToHexString(message.Body)).Distinct());
        Assert.Empty(setting.Running.Received.Reports);
    }

    [FactOnRabbit]
    public async Task Without_acknowledgement_it_is_sent_again_at_each_deadline_then_reported_and_late_is_better_than_never()
    {
        await using var setting = await AmqpSetting.Start(new ManualTime());
        var handoff = await setting.Send();
        for (var times = 1; times <= 3; times++)
        {
            await RunningRegionHandoff.Until(() => setting.Region.Inbox.Count == times);
            await setting.IsSent(handoff);
            Assert.Equal("waiting", await setting.StateOf(handoff));
            await setting.Running.Turn(TimeSpan.FromMinutes(30));
        }

        Assert.Equal(("undelivered", "not-acknowledged"), (await setting.Running.Delivery(handoff))!.Value);
        await RunningRegionHandoff.Until(() => setting.Running.Received.Reports.Count == 1);
        Assert.Equal(3, setting.Region.Inbox.Count);
        Assert.Single(setting.Region.Inbox.Select(message => Convert.ToHexString(message.Body)).Distinct());

        await setting.Region.Respond(setting.Region.Inbox.First());
        await setting.Becomes(handoff, "acknowledged");
    }

    [FactOnRabbit]
    public async Task An_emergency_is_reported_after_five_minutes_and_not_sent_again()
    {
        await using var setting = await AmqpSetting.Start(new ManualTime());
        var handoff = await setting.Send(RequestPriority.Stat);
        await setting.IsSent(handoff);
        await setting.Running.Turn(TimeSpan.FromMinutes(5));
        await RunningRegionHandoff.Until(() => setting.Running.Received.Reports.Count == 1);
        Assert.Single(setting.Region.Inbox);
    }

    [FactOnRabbit]
    public async Task A_response_to_what_was_sent_to_another_region_or_never_changes_nothing()
    {
        await using var setting = await AmqpSetting.Start();
        await setting.Running.AddRegion("09", AmqpRegion.Address(setting.Backend, "09"));
        await using var other = await AmqpRegion.Join(setting.Backend, "09");
        var handoff = await setting.Send();
        var got = await setting.Region.Gets(handoff);
        await other.Respond(got);
        await other.Respond(got, ResponseType.FatalError);
        await other.Respond("never-sent");
        // What comes behind them has been handled, and so have they.
        await other.Write(TestMessages.Response(TestMessages.NewJourney(), Fhir.TaskStatus.Accepted));
        await RunningRegionHandoff.Until(() => !other.Inbox.IsEmpty);
        Assert.Equal("waiting", await setting.StateOf(handoff));
        Assert.Empty(setting.Running.Received.Reports);
    }
}
