using Fhir;
using Messages;
using ServiceKit.Storage;
using TestServers;

namespace ServiceKit.Tests.Messaging;

public sealed class BusTests
{
    [Fact]
    public async Task What_a_handler_enqueues_arrives_once_and_is_settled()
    {
        await using var services = await RunningServices.Start();
        await services.Post("/sender/fhir/$process-message", SampleServices.Referral("j-1"));
        await AllSettled(services);
        Assert.Equal(1, await Count(services.Receiver, "select count(*) from resource where type = 'Task'"));
        Assert.Equal(1, await Count(services.Receiver, "select count(*) from inbox where state = 'done'"));
    }

    [Fact]
    public async Task Processes_that_start_together_on_an_empty_broker_are_all_ready()
    {
        // In memory there is one process.
        for (var round = 0; round < (TestBackend.OnServers ? 5 : 1); round++)
        {
            await using var backend = await TestBackend.Create();
            var processes = await Task.WhenAll(Enumerable.Range(0, TestBackend.OnServers ? 4 : 1)
                .Select(_ => RunningServices.Start(backend)));
            await RunningServices.Until(async () => (await Task.WhenAll(processes.Select(process =>
                process.Client.GetAsync("/health/ready")))).All(answer => answer.IsSuccessStatusCode));
            foreach (var process in processes) await process.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_message_whose_sending_never_ends_is_sent_again_and_keeps_nobody_from_leaving()
    {
        HangingSender? sender = null;
        await using var services = await RunningServices.Start(through: real => sender = new HangingSender(real, 64));
        await services.Sender.Write(async session =>
        {
            for (var number = 1; number <= 65; number++)
                await Enqueue<HandoffRequest>(session, $"j-{number}", $"{number}");
        }, CancellationToken.None);
        await AllSettled(services);
        Assert.Equal(64 + 65, sender!.Asked);
        Assert.Equal(65, await Count(services.Receiver, "select count(*) from inbox where state = 'done'"));
    }

    [Fact]
    public async Task A_stream_whose_lease_nobody_was_told_of_does_not_wait_until_it_runs_out()
    {
        await using var services = await RunningServices.Start();
        await services.Sender.Write(async session =>
        {
            await Enqueue<HandoffRequest>(session, "j-1", "1");
            await session.Execute(
                $"update outbox_stream set holder = @Holder, lease_until = {session.Dialect.Now} + 60000000",
                new { session.Holder });
        }, CancellationToken.None);
        // The database is in the way of the next lease, as one that dies would be.
        await Rename("outbox_stream", "away");
        await Task.Delay(TimeSpan.FromSeconds(2));
        Assert.Equal(1, await Count(services.Sender, "select count(*) from outbox where state = 0"));
        await Rename("away", "outbox_stream");
        await AllSettled(services);

        Task Rename(string from, string to) => services.Sender.Write(
            session => session.Execute($"alter table {from} rename to {to}"), CancellationToken.None);
    }

    [Fact]
    public async Task Messages_of_a_journey_are_handled_in_order_whatever_their_kind()
    {
        var behaviour = new Behaviour();
        await using var services = await RunningServices.Start(behaviour: behaviour);
        await services.Sender.Write(async session =>
        {
            for (var number = 1; number <= 40; number++)
            {
                if (number % 2 == 1) await Enqueue<HandoffRequest>(session, "j-1", $"{number}");
                else await Enqueue<HandoffCancel>(session, "j-1", $"{number}");
            }
        }, CancellationToken.None);
        await AllSettled(services);
        Assert.Equal(Enumerable.Range(1, 40).Select(number => $"{number}"), behaviour.Handled);
    }

    [Fact]
    public async Task A_message_that_comes_before_its_turn_is_held_until_those_before_it_are_done()
    {
        var behaviour = new Behaviour();
        await using var services = await RunningServices.Start(behaviour: behaviour);
        var pipeline = services.Get<ServiceKit.Messaging.BusPipeline<ReceiverDatabase>>();
        foreach (var number in (int[])[3, 2, 4, 1])
        {
            var bundle = Handoff(Events.HandoffRequest, $"{number}");
            JourneyPosition.Set(bundle.MessageHeader(), new JourneyPosition("test", "j-1", number));
            await pipeline.Receive(
                Fhir.Json.FhirJson.Write(bundle), MessageCatalogue.Of<HandoffRequest>(), CancellationToken.None);
        }

        Assert.Equal(["1", "2", "3", "4"], behaviour.Handled);
        Assert.Equal(4, await Count(services.Receiver, "select count(*) from inbox where state = 'done'"));
    }

    [Fact]
    public async Task A_message_that_always_fails_is_parked_after_three_attempts_and_stops_nobody()
    {
        var behaviour = new Behaviour { Throws = name => name == "poison" };
        await using var services = await RunningServices.Start(behaviour: behaviour);
        await services.Sender.Write(async session =>
        {
            await Enqueue<HandoffRequest>(session, "j-1", "poison");
            await Enqueue<HandoffRequest>(session, "j-1", "same journey");
            await Enqueue<HandoffRequest>(session, "j-2", "another journey");
        }, CancellationToken.None);
        await AllSettled(services);
        Assert.Equal(3, behaviour.Handled.Count(name => name == "poison"));
        Assert.Equal(2, await Count(services.Receiver, "select count(*) from inbox where state = 'done'"));
        Assert.Equal("InvalidOperationException", await services.Receiver.Read(
            session => session.First<string>("select reason from inbox where state = 'parked'"),
            CancellationToken.None));
    }

    [Fact]
    public async Task What_is_sent_to_a_service_that_has_not_started_reaches_it_when_it_has()
    {
        await using var backend = await TestBackend.Create();
        await using (var alone = await RunningServices.Start(backend, withReceiver: false))
        {
            await alone.Post("/sender/fhir/$process-message", SampleServices.Referral("j-1"));
            // In memory it waits in the outbox, on a broker in the queue that the sender has declared.
            var waiting = TestBackend.OnServers ? 0 : 1;
            await RunningServices.Until(async () =>
                await Count(alone.Sender, "select count(*) from outbox where state = 0") == waiting);
        }

        await using (var both = await RunningServices.Start(backend))
        {
            await AllSettled(both);
            Assert.Equal(1, await Count(both.Receiver, "select count(*) from resource where type = 'Task'"));
        }
    }

    [Fact]
    public async Task What_was_handled_but_not_settled_is_sent_again_and_has_one_effect()
    {
        await using var backend = await TestBackend.Create();
        await using (var first = await RunningServices.Start(backend))
        {
            await first.Post("/sender/fhir/$process-message", SampleServices.Referral("j-1"));
            await AllSettled(first);
            await first.Sender.Write(
                session => session.Execute("update outbox set state = 0"), CancellationToken.None);
        }

        await using (var second = await RunningServices.Start(backend))
        {
            await AllSettled(second);
            Assert.Equal(1, await Count(second.Receiver, "select count(*) from resource where type = 'Task'"));
        }
    }

    private static Task Enqueue<T>(Session session, string journey, string name) where T : IFhirMessage =>
        session.Outbox.Enqueue<T>(
            Handoff(MessageCatalogue.Of<T>().Event, name), journey, ServiceNames.OccupationalHealth);

    private static Bundle Handoff(string @event, string name)
    {
        var task = new FhirTask
        {
            Id = "t", Status = Fhir.TaskStatus.Requested, Intent = TaskIntent.Order, Description = name,
        };
        return MessageBundle.Compose(@event, "test", DateTimeOffset.UnixEpoch, task, [task]);
    }

    // Everything has left the sender, and whatever reached the receiver has come to its end there.
    private static Task AllSettled(RunningServices services) => RunningServices.Until(async () =>
        await Count(services.Sender, "select count(*) from outbox where state = 0") == 0
        && await Count(services.Receiver, "select count(*) from inbox where state in ('done', 'refused', 'parked')")
            == await Count(services.Sender, "select count(*) from outbox"));

    private static Task<long> Count(ServiceDatabase database, string sql) =>
        database.Read(session => session.First<long>(sql), CancellationToken.None);
}
