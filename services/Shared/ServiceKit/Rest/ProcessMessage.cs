using System.Diagnostics;
using Fhir;
using Fhir.Json;
using Messages;
using Microsoft.AspNetCore.Http;
using ServiceKit.Hosting;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace ServiceKit.Rest;

/// <summary>
/// <c>POST $process-message</c>: http://hl7.org/fhir/R4/operation-messageheader-process-message.html. A 2xx answer means
/// that the message and all that came of it are on disk.
/// </summary>
public sealed class ProcessMessage<TDatabase>(
    TDatabase database, ServiceDefinition<TDatabase> definition, MessagePipeline<TDatabase> pipeline)
    where TDatabase : ServiceDatabase
{
    // How long a duplicate waits for the answer of the first (api.md: 5 s, then 425).
    private static readonly TimeSpan WaitForFirst = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(25);

    public async Task Handle(HttpContext context, Access access)
    {
        var cancel = context.RequestAborted;
        var (body, refusal) = await FhirHttp.ReadBody(context.Request, cancel);
        if (refusal is null && context.Request.Query["async"] == "true")
            refusal = new Refusal(501, "REC_BAD_REQUEST", [Refusal.Issue(
                IssueType.NotSupported, "", "Messages are answered at once; async is not supported.")]);
        ReceivedMessage? message = null;
        TakenMessage? taken = null;
        if (refusal is null) (message, taken, refusal) = Read(body!, access);
        if (refusal is not null)
        {
            await FhirHttp.Refuse(context.Response, refusal, cancel);
            return;
        }

        await Answer(context, message!, taken!);
    }

    private (ReceivedMessage?, TakenMessage?, Refusal?) Read(byte[] body, Access access)
    {
        var read = FhirJson.Read(body);
        List<FhirIssue> issues = [.. read.Issues];
        TakenMessage? taken = null;
        if (read.Resource is Bundle bundle) taken = CheckEnvelope(bundle, issues);
        else if (read.Ok) issues.Add(Refusal.Issue(IssueType.Structure, "", "The body must be a Bundle of type message."));
        return issues.Any(issue => issue.Severity is IssueSeverity.Error or IssueSeverity.Fatal)
            ? (null, null, Refusal.BadRequest(issues))
            : (new ReceivedMessage((Bundle)read.Resource!, body, access), taken, null);
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

    private async Task Answer(HttpContext context, ReceivedMessage message, TakenMessage taken)
    {
        var cancel = context.RequestAborted;
        var key = new InboxKey(
            message.Access.Organisation, message.Bundle.Id!, message.Header.Id!, $"{definition.Name}.{taken.Consumer}");
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var claim = await database.Write(
                session => Inbox.Take(session, key, message.Bytes, null, parks: false), cancel);
            switch (claim)
            {
                case Claim.Granted granted:
                    if (await Run(context, message, key, granted.Fence, taken)) return;
                    break;
                case Claim.Answered answered:
                    await FhirHttp.Write(context.Response, answered.Status, answered.Answer, cancel);
                    return;
                case Claim.Conflict conflict:
                    await FhirHttp.Refuse(context.Response, conflict.Refusal, cancel);
                    return;
                default:
                    if (Stopwatch.GetElapsedTime(since) > WaitForFirst)
                    {
                        await FhirHttp.Refuse(context.Response, TooEarly, cancel);
                        return;
                    }

                    await Task.Delay(LookAgain, TimeProvider.System, cancel);
                    break;
            }
        }
    }

    private static Refusal TooEarly { get; } = new(425, "SEND_TOO_EARLY", [Refusal.Issue(
        IssueType.Duplicate, "Bundle", "The same message is being processed; send it again in a moment.")]);

    // Once taken, a message is handled to its end even when the client hangs up: the stored answer waits for its retry.
    private async Task<bool> Run(
        HttpContext context, ReceivedMessage message, InboxKey key, long fence, TakenMessage taken)
    {
        Handled handled;
        try
        {
            handled = await pipeline.Handle(message, key, fence, taken.Handler, null, CancellationToken.None);
        }
        catch (Exception fault)
        {
            await database.Write(
                session => Inbox.Fail(session, key, fence, fault.GetType().Name), CancellationToken.None);
            throw;
        }

        if (handled is not Handled.Finished finished) return false;
        await FhirHttp.Write(context.Response, finished.Status, finished.Answer, context.RequestAborted);
        return true;
    }
}
