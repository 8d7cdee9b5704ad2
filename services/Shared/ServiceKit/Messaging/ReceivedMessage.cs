using Fhir;
using Messages;
using ServiceKit.Storage;

namespace ServiceKit.Messaging;

/// <summary>A message that was read without a fault.</summary>
/// <param name="Bundle">The parsed Bundle.</param>
/// <param name="Bytes">What was received, byte for byte.</param>
/// <param name="Access">Who sent it, and in whose register it is handled.</param>
public sealed record ReceivedMessage(Bundle Bundle, byte[] Bytes, Access Access)
{
    /// <summary>The first entry.</summary>
    public MessageHeader Header { get; } = Bundle.MessageHeader();

    /// <summary>The event's code; empty when it is not of our code system.</summary>
    public string Event => Header.Event is Coding { System: Systems.MessageEvent, Code: { } code } ? code : "";

    /// <summary>The reason's code, <c>new</c> where the header gives none.</summary>
    public string Reason =>
        Header.Reason?.Coding.Find(coding => coding.System == Systems.MessageReason)?.Code ?? Reasons.New;

    /// <summary>All that stands behind the header.</summary>
    public IEnumerable<Resource> Content => Bundle.Entry.Skip(1).Select(entry => entry.Resource).OfType<Resource>();

    /// <summary>What the header's first focus points to, or null.</summary>
    public T? Focus<T>() where T : Resource => Bundle.Resolve<T>(Header.Focus.FirstOrDefault());

    /// <summary>What a reference points to inside the Bundle, or null.</summary>
    public T? Resolve<T>(ResourceReference? reference) where T : Resource => Bundle.Resolve<T>(reference);

    /// <summary>The FHIRPath of an entry's resource, for issues: <c>Bundle.entry[2].resource</c>.</summary>
    public string PathOf(Resource resource) =>
        $"Bundle.entry[{Bundle.Entry.FindIndex(entry => ReferenceEquals(entry.Resource, resource))}].resource";
}

/// <summary>
/// Acts upon one event. Runs inside the transaction that also marks the message as done, so that its effect happens once
/// however often the message arrives; it does no I/O but through the session.
/// </summary>
public interface IMessageHandler
{
    /// <summary>Refusals are values: an exception means a bug or broken I/O, and the message is tried again.</summary>
    Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel);
}
