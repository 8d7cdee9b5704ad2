using Messages;
using ServiceKit.Messaging;

namespace ServiceKit.Tests.Messaging;

/// <summary>Loses the first messages that it is to send: neither an error nor an end comes of them.</summary>
internal sealed class HangingSender(IBusSender real, int hang) : IBusSender
{
    private int asked;

    /// <summary>How many messages it was to send.</summary>
    public int Asked => Volatile.Read(ref asked);

    public Task Send(MessageKind kind, OutgoingMessage message, CancellationToken cancel) =>
        Interlocked.Increment(ref asked) <= hang
            ? new TaskCompletionSource().Task
            : real.Send(kind, message, cancel);
}
