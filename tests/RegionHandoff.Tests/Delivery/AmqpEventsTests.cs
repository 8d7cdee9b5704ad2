using System.Text;
using Fhir;
using Fhir.Json;
using Messages;
using ServiceKit.Messaging;
using TestServers;
using TaskStatus = Fhir.TaskStatus;

namespace RegionHandoff.Tests.Delivery;

/// <summary>What a region writes of its own accord, and what it is answered.</summary>
public sealed class AmqpEventsTests
{
    [FactOnRabbit]
    public async Task A_regions_answer_reaches_the_Task_and_occupational_health_and_is_answered_ok()
    {
        await using var setting = await AmqpSetting.Start();
        var journey = await setting.Open();
        var accepted = TestMessages.Response(journey, TaskStatus.Accepted);
        await setting.Region.Write(accepted);

        var answer = await setting.Region.AnswerTo(accepted);
        Assert.Equal("ok", answer.Kind);
        Assert.True(answer.Properties.Persistent);
        Assert.Equal(TaskStatus.Accepted, (await setting.Running.Handoff(journey))!.Status);
        await RunningRegionHandoff.Until(() => setting.Running.Received.Responses.Count == 1);
    }

    [FactOnRabbit]
    public async Task Answers_that_a_region_writes_one_after_the_other_are_taken_in_that_order_by_several_instances()
    {
        await using var setting = await AmqpSetting.Start();
        await using var second = await RunningRegionHandoff.Start(setting.Backend);
        List<string> journeys = [];
        for (var i = 0; i < 8; i++) journeys.Add(await setting.Open());
        TaskStatus[] steps = [TaskStatus.Received, TaskStatus.Accepted, TaskStatus.InProgress, TaskStatus.Completed];
        foreach (var step in steps)
            foreach (var journey in journeys)
                await setting.Region.Write(TestMessages.Response(journey, step));

        await RunningRegionHandoff.Until(() => setting.Region.Inbox.Count(one => one.RespondsTo is not null) == 32);
        Assert.All(setting.Region.Inbox.Where(one => one.RespondsTo is not null), one => Assert.Equal("ok", one.Kind));
        foreach (var journey in journeys)
            Assert.Equal(TaskStatus.Completed, (await setting.Running.Handoff(journey))!.Status);
    }

    [FactOnRabbit]
    public async Task When_the_instance_that_reads_ends_another_one_reads_on()
    {
        await using var backend = await TestBackend.Create();
        await AmqpRegion.Clean(backend, "08");
        var first = await RunningRegionHandoff.Start(backend);
        await first.AddRegion("08", AmqpRegion.Address(backend, "08"));
        await using var region = await AmqpRegion.Join(backend, "08");
        await using var second = await RunningRegionHandoff.Start(backend);
        var unknown = TestMessages.Response(TestMessages.NewJourney(), TaskStatus.Accepted);
        await region.Write(unknown);
        await region.AnswerTo(unknown);
        await first.DisposeAsync();

        var next = TestMessages.Response(TestMessages.NewJourney(), TaskStatus.Accepted);
        await region.Write(next);
        await region.AnswerTo(next);
    }

    [FactOnRabbit]
    public async Task The_same_message_again_has_no_effect_and_gets_the_same_answer()
    {
        await using var setting = await AmqpSetting.Start();
        var journey = await setting.Open();
        var accepted = TestMessages.Response(journey, TaskStatus.Accepted);
        for (var i = 0; i < 3; i++) await setting.Region.Write(accepted);
        var answers = await Three(setting, accepted);
        Assert.Single(answers);
        Assert.Equal("2", (await setting.Running.Handoff(journey))!.Meta!.VersionId);

        var illegal = TestMessages.Response(journey, TaskStatus.Completed);
        for (var i = 0; i < 3; i++) await setting.Region.Write(illegal);
        Assert.Single(await Three(setting, illegal));

        var faulty = TestMessages.Response(journey, TaskStatus.Requested);
        faulty.MessageHeader().Event = new Coding(Systems.MessageEvent, "no-such-event");
        for (var i = 0; i < 3; i++) await setting.Region.Write(faulty);
        Assert.Single(await Three(setting, faulty));
    }

    [FactOnRabbit]
    public async Task A_refusal_is_a_fatal_error_with_every_fault_in_its_details()
    {
        await using var setting = await AmqpSetting.Start();
        var journey = await setting.Open();
        var rejection = TestMessages.Response(journey, TaskStatus.Rejected, task =>
        {
            task.StatusReason = null;
            task.Output.Clear();
        });
        await setting.Region.Write(rejection);
        var answer = await setting.Region.AnswerTo(rejection);
        Assert.Equal("fatal-error", answer.Kind);
        var details = answer.Bundle.Resolve<OperationOutcome>(answer.Bundle.MessageHeader().Response!.Details);
        Assert.Equal(3, details!.Issue.Count);
        Assert.Equal(TaskStatus.Requested, (await setting.Running.Handoff(journey))!.Status);
    }

    [FactOnRabbit]
    public async Task A_region_answers_for_its_own_handoffs_only_whatever_its_message_says()
    {
        await using var setting = await AmqpSetting.Start();
        await setting.Running.AddRegion("09", AmqpRegion.Address(setting.Backend, "09"));
        await using var other = await AmqpRegion.Join(setting.Backend, "09");
        var journey = await setting.Open();
        foreach (var claimed in (string?[])[null, "08", "09"])
        {
            var answer = TestMessages.Response(journey, TaskStatus.Accepted, sender: claimed);
            await other.Write(answer);
            var refused = await other.AnswerTo(answer);
            Assert.Equal("fatal-error", refused.Kind);
            Assert.True(refused.Bundle.All<OperationOutcome>().Single().Issue.Single()
                .Details!.Has(Systems.Error, "SEND_NOT_FOUND"));
        }

        Assert.Equal(TaskStatus.Requested, (await setting.Running.Handoff(journey))!.Status);
        var own = TestMessages.Response(journey, TaskStatus.Accepted, sender: "09");
        await setting.Region.Write(own);
        Assert.Equal("ok", (await setting.Region.AnswerTo(own)).Kind);
        Assert.DoesNotContain(setting.Region.Inbox, one => one.Kind == "fatal-error");
    }

    [FactOnRabbit]
    public async Task What_cannot_be_read_is_answered_where_its_id_is_known_and_kept_otherwise_and_stops_nobody()
    {
        await using var setting = await AmqpSetting.Start();
        var journey = await setting.Open();
        var message = TestMessages.Response(journey, TaskStatus.Accepted);
        var text = Encoding.UTF8.GetString(FhirJson.Write(message));
        await setting.Region.Write(Encoding.UTF8.GetBytes(text.Replace("\"accepted\"", "\"perhaps\"", StringComparison.Ordinal)));
        var answer = await setting.Region.AnswerTo(message);
        Assert.Equal("fatal-error", answer.Kind);
        Assert.Equal(
            "Bundle.entry[1].resource.status",
            answer.Bundle.All<OperationOutcome>().Single().Issue.Single().Expression.Single());

        byte[][] unreadable = [[], "{"u8.ToArray(), [0xff, 0xfe], "[]"u8.ToArray(), "{\"resourceType\":\"Patient\"}"u8.ToArray()];
        foreach (var body in unreadable) await setting.Region.Write(body);
        // A response that says nothing is kept too, and never answered.
        var mute = MessageBundle.Answer(message.MessageHeader(), "a-region", DateTimeOffset.UnixEpoch, []);
        mute.MessageHeader().Response!.Code = null;
        await setting.Region.Write(mute);
        var accepted = TestMessages.Response(journey, TaskStatus.Accepted);
        await setting.Region.Write(accepted);
        Assert.Equal("ok", (await setting.Region.AnswerTo(accepted)).Kind);
        Assert.Equal(2, setting.Region.Inbox.Count(one => one.RespondsTo is not null));
        Assert.Equal(6, await Count(setting, "select count(*) from inbox where state = 'parked' and reason = 'unreadable'"));
    }

    [FactOnRabbit]
    public async Task A_message_that_always_fails_is_kept_after_three_attempts_told_as_transient_and_stops_nobody()
    {
        await using var setting = await AmqpSetting.Start();
        var (poisoned, healthy) = (await setting.Open(), await setting.Open());
        await setting.Running.Database.Write(async session =>
        {
            await session.Execute(
                "create function fail() returns trigger as 'begin raise exception ''broken''; end' language plpgsql");
            await session.Execute(
                $"""
                create trigger fail before insert on outbox for each row when (new.journey = '{poisoned}')
                execute function fail()
                """);
        }, default);
        var poison = TestMessages.Response(poisoned, TaskStatus.Accepted);
        var good = TestMessages.Response(healthy, TaskStatus.Accepted);
        await setting.Region.Write(poison);
        await setting.Region.Write(good);

        Assert.Equal("ok", (await setting.Region.AnswerTo(good)).Kind);
        Assert.Equal("transient-error", (await setting.Region.AnswerTo(poison)).Kind);
        Assert.Equal(3, await Count(setting, "select attempt from inbox where state = 'parked'"));
        Assert.Equal(TaskStatus.Requested, (await setting.Running.Handoff(poisoned))!.Status);
    }

    [FactOnRabbit]
    public async Task A_message_whose_handling_was_killed_is_handled_when_the_broker_brings_it_again()
    {
        await using var setting = await AmqpSetting.Start();
        var journey = await setting.Open();
        var accepted = TestMessages.Response(journey, TaskStatus.Accepted);
        var key = new InboxKey(
            RegionHandoff.Regions.Region.AccessOf("08").Organisation, accepted.Id!, accepted.MessageHeader().Id!,
            $"{ServiceNames.RegionHandoff}.accept-region-response");
        await setting.Running.Database.Write(async session =>
        {
            await Inbox.Take(session, key, FhirJson.Write(accepted), null, parks: true);
            await session.Execute("update inbox set holder = 'another process' where bundle_id = @Id", new { accepted.Id });
        }, default);
        await setting.Region.Write(accepted);

        Assert.Equal("ok", (await setting.Region.AnswerTo(accepted)).Kind);
        Assert.Equal(2, await Count(setting, "select attempt from inbox where consumer like '%accept-region-response'"));
        Assert.Equal(TaskStatus.Accepted, (await setting.Running.Handoff(journey))!.Status);
    }

    private static async Task<IEnumerable<string>> Three(AmqpSetting setting, Bundle message)
    {
        for (var number = 1; number <= 3; number++) await setting.Region.AnswerTo(message, number);
        return setting.Region.Inbox.Where(one => one.RespondsTo == message.MessageHeader().Id)
            .Select(one => Convert.ToHexString(one.Body)).Distinct();
    }

    private static Task<long> Count(AmqpSetting setting, string sql) =>
        setting.Running.Database.Read(session => session.First<long>(sql), default);
}
