using Messages;
using TestServers;

namespace ServiceKit.Tests.Messaging;

/// <summary>What both buses promise to whoever sends and takes messages, before any inbox.</summary>
public sealed class BusQueueTests
{
    [Fact]
    public async Task A_message_of_a_kind_without_a_queue_is_an_error_at_once()
    {
        await using var bus = await RunningBus.Start((_, _) => Task.CompletedTask);
        var kind = MessageCatalogue.Of<CatalogueUpdate>();
        // In memory there are the queues of this process only.
        if (TestBackend.OnServers)
        {
            await using var connection = await TestBackend.Broker(bus.Backend.VirtualHost).CreateConnectionAsync();
            await using var channel = await connection.CreateChannelAsync();
            await channel.QueueDeleteAsync(kind.Queue, ifUnused: false, ifEmpty: false);
        }

        var fault = await Record.ExceptionAsync(() => bus.Send(kind));

        Assert.NotNull(fault);
        Assert.IsNotType<TimeoutException>(fault);
        await bus.Send(RunningBus.Kind);
    }

    [Fact]
    public async Task Sixteen_messages_of_a_queue_are_in_hand_at_once_and_never_more()
    {
        var (begun, ended) = (0, 0);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var bus = await RunningBus.Start(async (_, cancel) =>
        {
            Interlocked.Increment(ref begun);
            await goOn.Task.WaitAsync(cancel);
            Interlocked.Increment(ref ended);
        });
        var sent = Task.WhenAll(Enumerable.Range(0, 100).Select(number => bus.Send(RunningBus.Kind, $"{number}")));

        await RunningServices.Until(() => Task.FromResult(Volatile.Read(ref begun) >= 16));
        await Task.Delay(500);
        Assert.Equal(16, Volatile.Read(ref begun));
        goOn.SetResult();
        await sent;
        await RunningServices.Until(() => Task.FromResult(Volatile.Read(ref ended) == 100));
    }

    [Fact]
    public async Task A_message_that_could_not_be_taken_comes_again()
    {
        var times = 0;
        await using var bus = await RunningBus.Start((_, _) =>
            Interlocked.Increment(ref times) < 3 ? throw new InvalidOperationException("As the test asked.") : Task.CompletedTask);

        // A broker keeps it; in memory it is the outbox that does.
        while (await Record.ExceptionAsync(() => bus.Send(RunningBus.Kind)) is not null)
            Assert.False(TestBackend.OnServers);
        await RunningServices.Until(() => Task.FromResult(Volatile.Read(ref times) == 3));
    }

    [Fact]
    public async Task What_is_in_hand_when_a_process_stops_goes_on_to_its_end()
    {
        var (begun, ended) = (0, 0);
        await using var bus = await RunningBus.Start(async (_, cancel) =>
        {
            Interlocked.Increment(ref begun);
            await Task.Delay(TimeSpan.FromSeconds(1), cancel);
            Interlocked.Increment(ref ended);
        });
        var sent = Task.WhenAll(Enumerable.Range(0, 4).Select(number => bus.Send(RunningBus.Kind, $"{number}")));
        await RunningServices.Until(() => Task.FromResult(Volatile.Read(ref begun) == 4));

        await bus.Stop();

        Assert.Equal(4, ended);
        await sent;
    }

    [Fact]
    public async Task What_does_not_end_is_cut_off_when_a_process_stops()
    {
        var isCut = false;
        var begun = new TaskCompletionSource();
        await using var bus = await RunningBus.Start(async (_, cancel) =>
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            isCut = true;
            cancel.ThrowIfCancellationRequested();
        });
        var sent = bus.Send(RunningBus.Kind);
        await begun.Task;

        await bus.Stop();

        Assert.True(isCut);
        // A broker keeps it, and in memory its sender knows that it has to be sent again.
        Assert.Equal(TestBackend.OnServers, await Record.ExceptionAsync(() => sent) is null);
    }
}
