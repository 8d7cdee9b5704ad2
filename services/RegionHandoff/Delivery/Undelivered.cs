using Fhir;

namespace RegionHandoff.Delivery;

/// <summary>Why a message did not reach its region: the closed set of what a delivery report says.</summary>
/// <param name="Reason">As it stands in the row: a storage format.</param>
/// <param name="Error">The coded detail; its prefix says whose fault it is.</param>
/// <param name="Issue">HL7's kind of issue.</param>
/// <param name="Text">For the sender's developers and operators; it holds nothing about a person.</param>
public sealed record Undelivered(string Reason, string Error, IssueType Issue, string Text)
{
    public static readonly Undelivered UnknownRegion = new("unknown-region", "SEND_NOT_FOUND", IssueType.NotFound,
        "The message names no region of the directory.");

    public static readonly Undelivered NoEndpoint = new("no-endpoint", "PROXY_UNAVAILABLE", IssueType.NotFound,
        "The region has no active endpoint that takes this event.");

    public static readonly Undelivered OnlyMailbox = new("only-mailbox", "PROXY_UNAVAILABLE", IssueType.NotSupported,
        "The region has only a mailbox, which is no way for an emergency: hand over by phone. It waits there.");

    public static readonly Undelivered NotAcknowledged = new("not-acknowledged", "PROXY_TIMEOUT", IssueType.Timeout,
        "The region did not acknowledge the message in time.");

    public static readonly Undelivered RefusedByRegion = new("refused", "REC_BAD_REQUEST", IssueType.Processing,
        "The region refused the message.");

    public static readonly Undelivered UnknownHandoff = new("unknown-handoff", "SEND_NOT_FOUND", IssueType.NotFound,
        "No handoff is known by this Task's number and journey.");

    public static readonly Undelivered NoLongerActive = new("no-longer-active", "SEND_CONFLICT", IssueType.Conflict,
        "The handoff has ended; it cannot be changed or withdrawn.");

    public static readonly Undelivered MoreThanNecessary = new("more-than-necessary", "SEND_BAD_REQUEST",
        IssueType.BusinessRule, "The message holds what no region may get (Coverage or Contract); it was not sent.");
}
