using Fhir;
using Messages;
using TestServers;
using TaskStatus = Fhir.TaskStatus;

namespace RegionHandoff.Tests.Delivery;

/// <summary>A region's connection that breaks, is refused or has nowhere to go, and what stays whole meanwhile.</summary>
public sealed class AmqpConnectionTests
{
    [FactOnRabbit]
    public async Task After_the_connection_broke_all_that_was_sent_before_meanwhile_and_after_arrives()
    {
        await using var setting = await AmqpSetting.Start();
        var before = await setting.Open();
        await TestBackend.Administer("close_all_connections", "-p", setting.Backend.RegionHost("08"), "tests");
        List<Bundle> sent = [];
        for (var i = 0; i < 20; i++) sent.Add(await setting.Send());
        await using var again = await AmqpRegion.Join(setting.Backend, "08");
        again.Reads = message => message.RespondsTo is null ? again.Respond(message) : Task.CompletedTask;
        foreach (var handoff in sent) await setting.Becomes(handoff, "acknowledged");
        Assert.Equal(20, again.Sent.Select(message => message.Bundle.Id).Distinct().Count());

        var answer = TestMessages.Response(before, TaskStatus.Accepted);
        await again.Write(answer);
        Assert.Equal("ok", (await again.AnswerTo(answer)).Kind);
    }

    [FactOnRabbit]
    public async Task A_region_out_of_reach_holds_up_no_other_and_fills_no_log_and_gets_all_when_it_is_back()
    {
        await using var setting = await AmqpSetting.Start();
        await setting.Running.AddRegion("09", AmqpRegion.Address(setting.Backend, "09"));
        await using var other = await AmqpRegion.Join(setting.Backend, "09");
        var host = setting.Backend.RegionHost("08");
        await TestBackend.Administer("clear_permissions", "-p", host, "guest");
        var lines = setting.Running.Log.All;
        List<Bundle> sent = [];
        try
        {
            // The broker knows of a new connection a moment later only.
            await RunningRegionHandoff.Until(async () =>
            {
                await TestBackend.Administer("close_all_connections", "-p", host, "tests");
                return lines.Any(line => line.Text.Contains("out of reach"));
            });
            for (var i = 0; i < 20; i++) sent.Add(await setting.Send());
            var elsewhere = TestMessages.Handoff(TestMessages.NewJourney(), "09");
            await setting.Running.Send<HandoffRequest>(elsewhere, elsewhere.Id!);
            await other.Gets(elsewhere);
            await Task.Delay(4000);
            Assert.All(sent, handoff => Assert.Equal(0, setting.AttemptsOf(handoff).Result));
            Assert.Equal("ready", await setting.Running.Client.GetStringAsync($"{setting.Running.Address}/health/ready"));
        }
        finally
        {
            await TestBackend.Administer("set_permissions", "-p", host, "guest", ".*", ".*", ".*");
        }

        await using var again = await AmqpRegion.Join(setting.Backend, "08");
        foreach (var handoff in sent) await again.Gets(handoff);
        Assert.Equal(20, again.Sent.Count);
        var away = lines.Where(line => line.Text.Contains("out of reach")).Select(line => line.At).ToList();
        Assert.InRange(away.Count, 3, 60);
        Assert.All(away.Zip(away.Skip(1)), pair => Assert.True(pair.Second - pair.First > TimeSpan.FromSeconds(0.9)));
        Assert.DoesNotContain(lines, line => line.Text.Contains("could not be delivered"));
    }

    [FactOnRabbit]
    public async Task A_region_whose_virtual_host_nobody_made_waits_and_leaves_the_service_ready()
    {
        await using var setting = await AmqpSetting.Start();
        await setting.Running.AddRegion("10", $"amqp://localhost/{setting.Backend.RegionHost("10")}");
        var handoff = TestMessages.Handoff(TestMessages.NewJourney(), "10");
        await setting.Running.Send<HandoffRequest>(handoff, handoff.Id!);
        await RunningRegionHandoff.Until(
            () => setting.Running.Log.All.Any(line => line.Text.Contains("Region 10 is out of reach over AMQP (the broker says 530)")));
        Assert.Equal("ready", await setting.Running.Client.GetStringAsync($"{setting.Running.Address}/health/ready"));
        await setting.Becomes(handoff, "waiting");
    }

    [FactOnRabbit]
    public async Task A_queue_that_somebody_deleted_is_there_again_and_nothing_is_lost_in_between()
    {
        await using var setting = await AmqpSetting.Start();
        await TestBackend.Administer("delete_queue", "-p", setting.Backend.RegionHost("08"), "inbox");
        var handoff = await setting.Send();
        await setting.IsSent(handoff);
        await using var again = await AmqpRegion.Join(setting.Backend, "08");
        await again.Gets(handoff);
    }

    [FactOnRabbit]
    public async Task What_waits_follows_a_region_that_changes_its_channel()
    {
        await using var backend = await TestBackend.Create();
        await AmqpRegion.Clean(backend, "08");
        await using var running = await RunningRegionHandoff.Start(backend);
        await running.AddRegion("08", "http://127.0.0.1:1/fhir");
        var handoff = TestMessages.Handoff(TestMessages.NewJourney(), "08");
        await running.Send<HandoffRequest>(handoff, handoff.Id!);
        await RunningRegionHandoff.Until(async () => await running.Delivery(handoff) is not null);

        await running.ChangeEndpoint(AmqpRegion.Address(backend, "08"));
        await using var region = await AmqpRegion.Join(backend, "08");
        await region.Gets(handoff);

        // The region has not acknowledged it: in its mailbox it finds it again, and there it may.
        await running.ChangeEndpoint("mailbox");
        Assert.Equal(handoff.Id, Assert.Single(await running.Mailbox("08")).Id);
        var next = TestMessages.Handoff(TestMessages.NewJourney(), "08");
        await running.Send<HandoffRequest>(next, next.Id!);
        await RunningRegionHandoff.Until(async () => (await running.Mailbox("08")).Count == 2);
        Assert.Single(region.Inbox);
    }

    [FactOnRabbit]
    public async Task What_waits_for_a_region_out_of_reach_follows_it_to_another_channel()
    {
        await using var backend = await TestBackend.Create();
        await using var region = await RealRegion.Start();
        await using var running = await RunningRegionHandoff.Start(backend);
        await running.AddRegion("10", $"amqp://localhost/{backend.RegionHost("10")}");
        var handoff = TestMessages.Handoff(TestMessages.NewJourney(), "10");
        await running.Send<HandoffRequest>(handoff, handoff.Id!);
        await RunningRegionHandoff.Until(() => running.Log.All.Any(line => line.Text.Contains("out of reach")));
        await running.ChangeEndpoint(region.Address);
        await RunningRegionHandoff.Until(async () => await running.Delivery(handoff) is { State: "acknowledged" });
        Assert.True(region.Taken.ContainsKey(handoff.Id!));
    }

    [FactOnRabbit]
    public async Task What_lay_in_the_queue_without_acknowledgement_goes_by_the_new_channel_at_its_deadline()
    {
        await using var region = await RealRegion.Start();
        await using var setting = await AmqpSetting.Start(new ManualTime());
        var handoff = await setting.Send();
        await setting.IsSent(handoff);
        await setting.Running.ChangeEndpoint(region.Address);
        await setting.Running.Turn(TimeSpan.FromMinutes(30));
        await setting.Becomes(handoff, "acknowledged");
        Assert.True(region.Taken.ContainsKey(handoff.Id!));
    }
}
