using Fhir;
using ServiceKit.Messaging;
using TestServers;

namespace ServiceKit.Tests.Messaging;

/// <summary>Deadlines by a clock that the test moves. The real runner turns in the background all the while.</summary>
public sealed class TimerTests
{
    private readonly ManualTime time = new();

    [Fact]
    public async Task A_deadline_acts_once_when_the_clock_reaches_it()
    {
        var behaviour = new Behaviour();
        await using var services = await RunningServices.Start(time: time, withReceiver: false, behaviour: behaviour);
        await Set(services, "a", TimeSpan.FromHours(1));
        time.Advance(TimeSpan.FromMinutes(59));
        await RunDue(services);
        Assert.Empty(behaviour.TimersDue);
        time.Advance(TimeSpan.FromMinutes(1));
        await RunningServices.Until(async () => await Count(services, "state = 1") == 1);
        time.Advance(TimeSpan.FromDays(7));
        await RunDue(services);
        Assert.Equal(["a"], behaviour.TimersDue);
        Assert.Equal(1, await Effects(services));
    }

    [Fact]
    public async Task A_deadline_that_is_set_again_moves_and_one_that_is_cancelled_is_gone()
    {
        var behaviour = new Behaviour();
        await using var services = await RunningServices.Start(time: time, withReceiver: false, behaviour: behaviour);
        await Set(services, "a", TimeSpan.FromHours(1));
        await Set(services, "a", TimeSpan.FromHours(3));
        await Set(services, "b", TimeSpan.FromHours(1));
        await services.Sender.Write(session => session.Timers.Cancel("note", "Task", "b"), CancellationToken.None);
        time.Advance(TimeSpan.FromHours(2));
        await RunDue(services);
        Assert.Empty(behaviour.TimersDue);
        time.Advance(TimeSpan.FromHours(1));
        await RunningServices.Until(() => Task.FromResult(!behaviour.TimersDue.IsEmpty));
        await RunDue(services);
        Assert.Equal(["a"], behaviour.TimersDue);
    }

    [Fact]
    public async Task A_deadline_whose_process_was_killed_acts_after_the_restart()
    {
        await using var backend = await TestBackend.Create();
        var behaviour = new Behaviour();
        await using (var killed = await RunningServices.Start(backend, time, withReceiver: false, behaviour: behaviour))
        {
            await Set(killed, "a", TimeSpan.FromHours(1));
            await killed.Sender.Write(session => session.Execute(
                $"""
                update timer set attempt = 1, fence = 1, holder = 'killed', lease_until = {session.Dialect.Now} + 3600000000;
                insert into instance (id, alive_until) values ('killed', {session.Dialect.Now} + 3600000000)
                """),
                CancellationToken.None);
            time.Advance(TimeSpan.FromHours(1));
            await RunDue(killed);
            Assert.Empty(behaviour.TimersDue);
            // Where others may be at work on the database, it has to be seen dead.
            if (!killed.Sender.Dialect.SingleProcess)
                await killed.Sender.Write(
                    session => session.Execute("delete from instance where id = 'killed'"), CancellationToken.None);
        }

        await using (var restarted = await RunningServices.Start(backend, time, withReceiver: false, behaviour: behaviour))
        {
            await RunningServices.Until(async () => await Count(restarted, "state = 1") == 1);
            Assert.Equal(["a"], behaviour.TimersDue);
            Assert.Equal(1, await Effects(restarted));
        }
    }

    [Fact]
    public async Task A_deadline_that_throws_leaves_nothing_waits_for_its_lease_and_is_parked_after_three_attempts()
    {
        var behaviour = new Behaviour { Throws = name => name == "bad" };
        await using var services = await RunningServices.Start(time: time, withReceiver: false, behaviour: behaviour);
        await Set(services, "bad", TimeSpan.FromHours(1));
        await Set(services, "good", TimeSpan.FromHours(1));
        time.Advance(TimeSpan.FromHours(1));
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await RunningServices.Until(() => Task.FromResult(behaviour.TimersDue.Count(name => name == "bad") == attempt));
            await RunDue(services);
            Assert.Equal(attempt, behaviour.TimersDue.Count(name => name == "bad"));
            await EndLeases(services);
        }

        await RunningServices.Until(async () => await Count(services, "state = 2 and resource_id = 'bad'") == 1);
        await EndLeases(services);
        await RunDue(services);
        Assert.Equal(3, behaviour.TimersDue.Count(name => name == "bad"));
        Assert.Single(behaviour.TimersDue, "good");
        Assert.Equal(1, await Effects(services));
    }

    [Fact]
    public async Task Runners_side_by_side_let_each_deadline_act_once()
    {
        var behaviour = new Behaviour();
        await using var services = await RunningServices.Start(time: time, withReceiver: false, behaviour: behaviour);
        for (var i = 0; i < 100; i++) await Set(services, $"t{i}", TimeSpan.FromHours(1));
        time.Advance(TimeSpan.FromHours(1));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunDue(services)));
        await RunningServices.Until(async () => await Count(services, "state = 1") == 100);
        Assert.Equal(100, behaviour.TimersDue.Distinct().Count());
        Assert.Equal(100, behaviour.TimersDue.Count);
    }

    private Task Set(RunningServices services, string id, TimeSpan after) => services.Sender.Write(
        session => session.Timers.Set("note", "Task", id, time.GetUtcNow() + after), CancellationToken.None);

    private static Task<int> RunDue(RunningServices services) =>
        services.Get<TimerRunner<SenderDatabase>>().RunDue(CancellationToken.None);

    private static Task EndLeases(RunningServices services) => services.Sender.Write(
        session => session.Execute("update timer set lease_until = 0"), CancellationToken.None);

    private static Task<long> Count(RunningServices services, string condition) => services.Sender.Read(
        session => session.First<long>($"select count(*) from timer where {condition}"), CancellationToken.None);

    private static Task<long> Effects(RunningServices services) => services.Sender.Read(
        session => session.First<long>("select count(*) from resource where type = 'Patient'"), CancellationToken.None);
}
