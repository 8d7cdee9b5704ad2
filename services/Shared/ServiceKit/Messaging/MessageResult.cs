using Fhir;
using ServiceKit.Rest;

namespace ServiceKit.Messaging;

/// <summary>What a handler makes of a message.</summary>
public abstract record MessageResult
{
    private MessageResult()
    {
    }

    /// <summary>It was acted upon; the answer holds <paramref name="Content"/> behind its header.</summary>
    public sealed record Accepted(IReadOnlyList<Resource> Content) : MessageResult;

    /// <summary>It was not acted upon, and nothing that the handler wrote is kept.</summary>
    /// <param name="Refusal">The status and every fault found.</param>
    public sealed record Refused(Refusal Refusal) : MessageResult;

    /// <summary>Accepted with nothing but the acknowledgement.</summary>
    public static MessageResult Done { get; } = new Accepted([]);
}
