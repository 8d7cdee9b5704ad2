using Messages;

namespace ServiceKit.Messaging;

/// <summary>Brings messages to the service that takes them.</summary>
public interface IBusSender
{
    /// <summary>
    /// Returns when a message is safe with its receiver; throws when it cannot be said that it is, so that it is to be sent
    /// again. One of a kind that has no queue is never safe.
    /// </summary>
    Task Send(MessageKind kind, OutgoingMessage message, CancellationToken cancel);
}
