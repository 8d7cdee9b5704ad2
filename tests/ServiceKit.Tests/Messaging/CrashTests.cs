using Fhir;
using Fhir.Json;
using Messages;
using ServiceKit.Messaging;
using ServiceKit.Storage;
using TestServers;

namespace ServiceKit.Tests.Messaging;

/// <summary>What a process that was killed left behind in the inbox, and which message is to blame.</summary>
public sealed class CrashTests
{
    private static readonly MessageKind Kind = MessageCatalogue.Of<HandoffRequest>();

    [Fact]
    public async Task A_message_that_was_cut_off_is_taken_up_from_its_row_without_the_broker()
    {
        var behaviour = new Behaviour();
        await using var services = await RunningServices.Start(behaviour: behaviour);
        await CutOff(services, "a", attempts: 1);
        await RunningServices.Until(async () => await Count(services, "state = 'done' and attempt = 2") == 1);
        Assert.Equal(["a"], behaviour.Handled);
    }

    [Fact]
    public async Task What_is_in_the_hands_of_a_living_process_is_left_to_it()
    {
        var behaviour = new Behaviour();
        await using var services = await RunningServices.Start(behaviour: behaviour);
        await CutOff(services, "a", attempts: 1, holderIsAlive: true);
        await Task.Delay(2500);
        Assert.Empty(behaviour.Handled);
        Assert.Equal(1, await Count(services, "state = 'processing'"));
    }

    [Fact]
    public async Task What_a_process_holds_itself_is_left_to_it_while_the_store_was_not_told_that_it_is_alive()
    {
        var behaviour = new Behaviour();
        await using var services = await RunningServices.Start(behaviour: behaviour);
        await CutOff(services, "a", attempts: 1, holder: services.Receiver.Holder);
        for (var look = 0; look < 25; look++)
        {
            await services.Receiver.Write(session => session.Execute("delete from instance"), CancellationToken.None);
            await Task.Delay(100);
        }

        Assert.Empty(behaviour.Handled);
        Assert.Equal(1, await Count(services, "state = 'processing' and attempt = 1"));
    }

    [Fact]
    public async Task A_message_that_ended_its_process_three_times_is_parked_and_the_next_of_its_journey_goes_on()
    {
        var behaviour = new Behaviour();
        await using var services = await RunningServices.Start(behaviour: behaviour);
        await CutOff(services, "poison", attempts: 3, new JourneyPosition("test", "j-1", 1));
        var next = Message("next", new JourneyPosition("test", "j-1", 2));
        await services.Get<BusPipeline<ReceiverDatabase>>().Receive(FhirJson.Write(next), Kind, CancellationToken.None);
        await RunningServices.Until(async () => await Count(services, "state = 'done'") == 1);
        Assert.Equal(1, await Count(services, "state = 'parked' and reason = 'its handling ended the process'"));
        Assert.Equal(["next"], behaviour.Handled);
    }

    [Fact]
    public async Task A_message_that_was_held_gets_its_turn_although_the_process_that_would_have_given_it_was_killed()
    {
        var behaviour = new Behaviour();
        await using var services = await RunningServices.Start(behaviour: behaviour);
        await CutOff(services, "second", attempts: 1, new JourneyPosition("test", "j-1", 2));
        await services.Receiver.Write(async session =>
        {
            await session.Execute("update inbox set state = 'held', attempt = 0, lease_until = 0");
            // The first is done.
            await session.Execute("insert into inbox_stream (source, journey, next) values ('test', 'j-1', 2)");
        }, CancellationToken.None);
        await RunningServices.Until(async () => await Count(services, "state = 'done'") == 1);
        Assert.Equal(["second"], behaviour.Handled);
    }

    [Fact]
    public async Task Messages_that_were_cut_off_once_are_taken_up_side_by_side()
    {
        var behaviour = new Behaviour { BusHandlingTakes = TimeSpan.FromMilliseconds(150) };
        await using var services = await RunningServices.Start(behaviour: behaviour);
        for (var number = 0; number < 40; number++) await CutOff(services, "suspect", attempts: 1);

        await RunningServices.Until(async () => await Count(services, "state = 'done' and attempt = 2") == 40);
        // SQLite has one writer in any case. No more than 16 share the blame if one of them ends its process again.
        Assert.InRange(behaviour.BesideOf("suspect"), TestBackend.OnServers ? 1 : 0, 15);
    }

    [Fact]
    public async Task Nothing_else_is_handled_beside_the_last_attempt_at_what_may_have_ended_its_process()
    {
        var behaviour = new Behaviour { BusHandlingTakes = TimeSpan.FromMilliseconds(150) };
        await using var services = await RunningServices.Start(behaviour: behaviour);
        await CutOff(services, "suspect", attempts: 2);
        var pipeline = services.Get<BusPipeline<ReceiverDatabase>>();
        await RunningServices.Until(async () =>
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
                pipeline.Receive(FhirJson.Write(Message("other")), Kind, CancellationToken.None)));
            return await Count(services, "state = 'done' and attempt = 3") == 1;
        });
        Assert.Equal(0, behaviour.BesideOf("suspect"));
        // SQLite has one writer in any case.
        Assert.Equal(TestBackend.OnServers, behaviour.BesideOf("other") > 0);
    }

    // As a killed process leaves it: claimed, and its holder dead.
    private static Task CutOff(
        RunningServices services, string name, long attempts, JourneyPosition? position = null,
        bool holderIsAlive = false, string holder = "another process")
    {
        var bundle = Message(name, position);
        var key = new InboxKey(position?.Source ?? Kind.Name, bundle.Id!, bundle.MessageHeader().Id!, Kind.Queue);
        return services.Receiver.Write(async session =>
        {
            Assert.IsType<Claim.Granted>(
                await Inbox.Take(session, key, FhirJson.Write(bundle), position, parks: true));
            await session.Execute(
                "update inbox set holder = @holder, attempt = @attempts where bundle_id = @BundleId",
                new { key.BundleId, attempts, holder });
            if (holderIsAlive)
                await session.Execute(
                    $"insert into instance (id, alive_until) values (@holder, {session.Dialect.Now} + 60000000)", new { holder });
        }, CancellationToken.None);
    }

    private static Bundle Message(string name, JourneyPosition? position = null)
    {
        var task = new FhirTask
        {
            Id = "t", Status = Fhir.TaskStatus.Requested, Intent = TaskIntent.Order, Description = name,
        };
        var bundle = MessageBundle.Compose(Events.HandoffRequest, "test", DateTimeOffset.UnixEpoch, task, [task]);
        if (position is not null) JourneyPosition.Set(bundle.MessageHeader(), position);
        return bundle;
    }

    private static Task<long> Count(RunningServices services, string condition) => services.Receiver.Read(
        session => session.First<long>($"select count(*) from inbox where {condition}"), CancellationToken.None);
}
