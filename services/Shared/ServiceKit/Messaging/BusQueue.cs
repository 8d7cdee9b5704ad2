using Messages;

namespace ServiceKit.Messaging;

/// <summary>The queues of one service.</summary>
public sealed record BusQueues(IReadOnlyList<BusQueue> All);

/// <summary>A queue, the kind of message in it, and who takes them: durably in the inbox when that returns.</summary>
public sealed record BusQueue(MessageKind Kind, string Queue, Func<byte[], CancellationToken, Task> Receive)
{
    /// <summary>How many messages of a queue a process handles side by side.</summary>
    public const int AtOnce = 16;

    /// <summary>How many it has at hand: those that it handles and the next ones.</summary>
    public const int AtHand = 64;

    /// <summary>How long a process that stops waits for the end of what it handles.</summary>
    public static readonly TimeSpan FinishWithin = TimeSpan.FromSeconds(5);
}
