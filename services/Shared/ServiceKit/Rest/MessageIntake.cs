using System.Diagnostics;
using Fhir;
using Fhir.Json;
using Fhir.Validation;
using Messages;
using Messages.Guide;
using ServiceKit.Hosting;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>What a sender is told about a message, whatever brought it.</summary>
public abstract record MessageAnswer
{
    private MessageAnswer()
    {
    }

    /// <summary>
    /// The message was handled, now or before. A duplicate gets the same bytes: a message Bundle where
    /// <paramref name="Status"/> is 200, else an OperationOutcome.
    /// </summary>
    public sealed record Stored(int Status, byte[] Body) : MessageAnswer;

    /// <summary>The message was not taken; nothing is stored of it that would answer a duplicate.</summary>
    public sealed record NotTaken(Refusal Refusal) : MessageAnswer;
}

/// <summary>
/// Takes one message: its envelope is checked, the inbox knows duplicates, a handler acts. What carries it (HTTP, AMQP)
/// stays outside.
/// </summary>
public sealed class MessageIntake<TDatabase>(
    TDatabase database, ServiceDefinition<TDatabase> definition, MessagePipeline<TDatabase> pipeline)
    where TDatabase : ServiceDatabase
{
    // How long a duplicate waits for the answer of the first (api.md: 5 s, then 425).
    private static readonly TimeSpan WaitForFirst = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(25);

    private static Refusal TooEarly { get; } = new(425, "SEND_TOO_EARLY", [Refusal.Issue(
        IssueType.Duplicate, "Bundle", "The same message is being processed; send it again in a moment.")]);

    private static Refusal Parked { get; } = new(500, "REC_ERROR", [Refusal.Issue(
        IssueType.Exception, "", "The message could not be handled and is kept for an operator; nothing was changed.")]);

    /// <summary>
    /// Returns when the message and all that came of it are on disk. An exception means a bug or a store that is away; the
    /// attempt is counted, and the message may be given again.
    /// </summary>
    /// <param name="body">What was received, byte for byte.</param>
    /// <param name="read">The same, read strictly.</param>
    /// <param name="access">Who sent it.</param>
    /// <param name="parks">
    /// Whether it is given up after <see cref="Inbox.MostAttempts"/>: for carriers that would bring it again for ever.
    /// </param>
    /// <param name="cancel">Ends the waiting; what was begun is finished.</param>
    public async Task<MessageAnswer> Take(
        byte[] body, FhirReadResult read, Access access, bool parks, CancellationToken cancel)
    {
        List<FhirIssue> issues = [.. read.Issues];
        TakenMessage? taken = null;
        if (read.Resource is Bundle bundle) taken = CheckEnvelope(bundle, issues);
        else if (read.Ok) issues.Add(Refusal.Issue(IssueType.Structure, "", "The body must be a Bundle of type message."));
        if (issues.Any(issue => issue.IsError)) return new MessageAnswer.NotTaken(Refusal.BadRequest(issues));

        var message = new ReceivedMessage((Bundle)read.Resource!, body, access);
        if (ResourceValidator.Validate(message.Bundle, GuideContent.Refused) is not { Count: > 0 } faults)
            return await Answer(message, taken!, parks, cancel);
        var refusal = await pipeline.WouldRefuse(message, taken!.Handler, cancel);
        return new MessageAnswer.NotTaken(Refusal.Together(refusal, faults)!);
    }

    private TakenMessage? CheckEnvelope(Bundle bundle, List<FhirIssue> issues)
    {
        void Fault(IssueType code, string expression, string message) =>
            issues.Add(Refusal.Issue(code, expression, message));

        if (bundle.Type is not null && bundle.Type != BundleType.Message)
            Fault(IssueType.Value, "Bundle.type", "The Bundle must be of type message.");
        if (bundle.Id is null) Fault(IssueType.Required, "Bundle.id", "A message needs an id of its own.");
        if (bundle.Entry.FirstOrDefault()?.Resource is not MessageHeader header)
        {
            Fault(IssueType.Required, "Bundle.entry[0].resource", "The first entry must be a MessageHeader.");
            return null;
        }

        const string Path = "Bundle.entry[0].resource";
        if (header.Id is null) Fault(IssueType.Required, Path + ".id", "The MessageHeader needs an id of its own.");
        if (header.Response is not null)
            Fault(IssueType.NotSupported, Path + ".response", "This base takes requests and events, not responses.");
        if (header.Event is not Coding { System: Systems.MessageEvent, Code: { } code })
        {
            Fault(IssueType.CodeInvalid, Path + ".event", $"The event must be a Coding of {Systems.MessageEvent}.");
            return null;
        }

        var taken = definition.Messages.FirstOrDefault(candidate => candidate.Event == code);
        if (taken is null)
        {
            var known = string.Join(", ", definition.Messages.Select(candidate => candidate.Event));
            Fault(IssueType.NotSupported, Path + ".event.code", $"This base does not take that event. It takes: {known}.");
        }

        return taken;
    }

    private async Task<MessageAnswer> Answer(
        ReceivedMessage message, TakenMessage taken, bool parks, CancellationToken cancel)
    {
        var key = new InboxKey(
            message.Access.Organisation, message.Bundle.Id!, message.Header.Id!, $"{definition.Name}.{taken.Consumer}");
        var upTo = 1;
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var claim = await Inbox.Take(database, key, message.Bytes, null, parks, cancel, upTo: upTo);
            switch (claim)
            {
                case Claim.Granted granted:
                    if (await Run(message, key, granted.Fence, taken) is { } answer) return answer;
                    break;
                case Claim.Answered answered:
                    return new MessageAnswer.Stored(answered.Status, answered.Answer);
                case Claim.Conflict conflict:
                    return new MessageAnswer.NotTaken(conflict.Refusal);
                case Claim.Parked:
                    return new MessageAnswer.NotTaken(Parked);
                default:
                    if (Stopwatch.GetElapsedTime(since) > WaitForFirst) return new MessageAnswer.NotTaken(TooEarly);
                    // Nobody but its carrier brings it again, also after it was cut off.
                    if (parks) upTo = Inbox.MostAttempts;
                    await Task.Delay(LookAgain, TimeProvider.System, cancel);
                    break;
            }
        }
    }

    // Once taken, a message is handled to its end even when its sender hangs up: the stored answer waits for its retry.
    private async Task<MessageAnswer?> Run(ReceivedMessage message, InboxKey key, long fence, TakenMessage taken)
    {
        try
        {
            return await pipeline.Handle(message, key, fence, taken.Handler, null, CancellationToken.None)
                is Handled.Finished finished
                ? new MessageAnswer.Stored(finished.Status, finished.Answer)
                : null;
        }
        catch (Exception fault)
        {
            await database.Write(
                session => Inbox.Fail(session, key, fence, fault.GetType().Name), CancellationToken.None);
            throw;
        }
    }
}
