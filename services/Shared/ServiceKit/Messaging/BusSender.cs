using System.Collections.Concurrent;
using MassTransit;
using Messages;

namespace ServiceKit.Messaging;

/// <summary>Brings messages to the service that takes them.</summary>
public interface IBusSender
{
    /// <summary>
    /// Returns when a message is safe with its receiver; throws when it cannot be said that it is, so that it is to be sent
    /// again.
    /// </summary>
    Task Send(MessageKind kind, OutgoingMessage message, CancellationToken cancel);

    /// <summary>A consumer in this process has a message durably in its inbox: handled, held or parked.</summary>
    void Arrived(string messageId, string queue);
}

/// <summary>
/// In memory a broker's confirm would mean nothing: a message is safe when the inbox of every consumer has it. A message
/// that nobody takes is never safe, so that a service that has not started loses nothing.
/// </summary>
public sealed class InMemorySender(IBus bus, IEnumerable<BusQueues> queues) : IBusSender
{
    private readonly ILookup<string, string> queuesOf = queues.SelectMany(service => service.All)
        .ToLookup(queue => queue.Kind.Name, queue => queue.Queue);

    private readonly ConcurrentDictionary<string, Pending> pending = new();

    public async Task Send(MessageKind kind, OutgoingMessage message, CancellationToken cancel)
    {
        var open = pending[message.Id] = new Pending(queuesOf[kind.Name]);
        try
        {
            await bus.Publish(kind.Wrap(message.Body), kind.Type, cancel);
            await open.Done.Task.WaitAsync(cancel);
        }
        finally
        {
            pending.TryRemove(message.Id, out _);
        }
    }

    public void Arrived(string messageId, string queue)
    {
        if (pending.TryGetValue(messageId, out var open) && open.Arrived(queue)) open.Done.TrySetResult();
    }

    private sealed class Pending(IEnumerable<string> queues)
    {
        private readonly HashSet<string> missing = [.. queues];

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>True when this was the last one.</summary>
        public bool Arrived(string queue)
        {
            lock (missing) return missing.Remove(queue) && missing.Count == 0;
        }
    }
}

/// <summary>The queues of one service.</summary>
public sealed record BusQueues(IReadOnlyList<BusQueue> All);

/// <summary>A queue, the kind of message in it, and who takes them: durably in the inbox when that returns.</summary>
public sealed record BusQueue(MessageKind Kind, string Queue, Func<byte[], CancellationToken, Task> Receive);
