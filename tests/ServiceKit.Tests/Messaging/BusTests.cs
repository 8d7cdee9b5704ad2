using Fhir;
using Messages;
using ServiceKit.Storage;

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
    public async Task What_nobody_took_waits_and_is_sent_when_the_receiver_has_started()
    {
        var folder = Directory.CreateTempSubdirectory("servicekit-").FullName;
        await using (var alone = await RunningServices.Start(folder, withReceiver: false))
        {
            await alone.Post("/sender/fhir/$process-message", SampleServices.Referral("j-1"));
            await Task.Delay(500);
            Assert.Equal(1, await Count(alone.Sender, "select count(*) from outbox where state = 0"));
        }

        await using (var both = await RunningServices.Start(folder))
        {
            await AllSettled(both);
            Assert.Equal(1, await Count(both.Receiver, "select count(*) from resource where type = 'Task'"));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_was_handled_but_not_settled_is_sent_again_and_has_one_effect()
    {
        var folder = Directory.CreateTempSubdirectory("servicekit-").FullName;
        await using (var first = await RunningServices.Start(folder))
        {
            await first.Post("/sender/fhir/$process-message", SampleServices.Referral("j-1"));
            await AllSettled(first);
            await first.Sender.Write(
                session => session.Execute("update outbox set state = 0"), CancellationToken.None);
        }

        await using (var second = await RunningServices.Start(folder))
        {
            await AllSettled(second);
            Assert.Equal(1, await Count(second.Receiver, "select count(*) from resource where type = 'Task'"));
        }

        Directory.Delete(folder, recursive: true);
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

    private static Task AllSettled(RunningServices services) => RunningServices.Until(async () =>
        await Count(services.Sender, "select count(*) from outbox where state = 0") == 0);

    private static Task<long> Count(ServiceDatabase database, string sql) =>
        database.Read(session => session.First<long>(sql), CancellationToken.None);
}
