using System.Collections.Concurrent;
using Messages;

namespace ServiceKit.Messaging;

/// <summary>Knows when a published message is safe with all who take it.</summary>
public interface ISettlements
{
    /// <summary>Announces that a message is about to be published; the task ends when it is safe.</summary>
    Task Expect(string messageId, MessageKind kind);

    /// <summary>A consumer has the message durably in its inbox, handled, held or parked.</summary>
    void Settle(string messageId, string queue);

    /// <summary>The dispatcher no longer waits; the row stays unsettled and will be sent again.</summary>
    void Forget(string messageId);
}

/// <summary>
/// In memory a broker's confirm would mean nothing: a message is safe when the inbox of every consumer has it. A message
/// that nobody takes is never safe, so that a service that has not started loses nothing.
/// </summary>
public sealed class InMemorySettlements(IEnumerable<BusQueues> queues) : ISettlements
{
    private readonly ILookup<string, string> queuesOf = queues.SelectMany(service => service.All)
        .ToLookup(queue => queue.Kind, queue => queue.Queue);

    private readonly ConcurrentDictionary<string, Pending> pending = new();

    public Task Expect(string messageId, MessageKind kind)
    {
        var open = pending[messageId] = new Pending(queuesOf[kind.Name]);
        return open.Done.Task;
    }

    public void Settle(string messageId, string queue)
    {
        if (!pending.TryGetValue(messageId, out var open) || !open.Settle(queue)) return;
        pending.TryRemove(messageId, out _);
        open.Done.TrySetResult();
    }

    public void Forget(string messageId) => pending.TryRemove(messageId, out _);

    private sealed class Pending(IEnumerable<string> queues)
    {
        private readonly HashSet<string> missing = [.. queues];

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>True when this was the last one.</summary>
        public bool Settle(string queue)
        {
            lock (missing) return missing.Remove(queue) && missing.Count == 0;
        }
    }
}

/// <summary>A broker's confirm of a mandatory message says that it is in every queue that takes it.</summary>
public sealed class BrokerSettlements : ISettlements
{
    public Task Expect(string messageId, MessageKind kind) => Task.CompletedTask;

    public void Settle(string messageId, string queue)
    {
        // The broker has told already.
    }

    public void Forget(string messageId)
    {
        // Nothing is kept.
    }
}

/// <summary>The queues of one service and the message kind that each takes, as the container knows them.</summary>
public sealed record BusQueues(IReadOnlyList<(string Kind, string Queue)> All);
