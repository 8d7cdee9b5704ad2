using Fhir;
using IpsCoaching.Cases;
using Messages;
using ServiceKit.Messaging;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace IpsCoaching.EmploymentStatus;

/// <summary>
/// <c>employment-status-update</c> from a coach's system. The reasons <c>new</c> and <c>update</c> mean the same, since
/// no status is ever overwritten.
/// </summary>
public sealed class TakeEmploymentStatus : IMessageHandler
{
    public async Task<MessageResult> Handle(ReceivedMessage message, Session session, CancellationToken cancel)
    {
        if (Faults(message) is { Count: > 0 } faults) return new MessageResult.Refused(Refusal.BadRequest(faults));

        var sent = message.Focus<Observation>()!;
        var path = message.PathOf(sent);
        var filing = new Filing(message, session) { ForgetsUnknown = true };
        var (person, subjectFaults) = await Person(message, sent, filing, session);
        // What was received stays as it is for another attempt; the copy becomes what is stored.
        var status = sent.Clone();
        status.Id = ResourceStore.NewId();
        var report = new StatusReport(status, path, person, subjectFaults, message.Access, message.Header);
        switch (await RecordEmploymentStatus.Record(report, session))
        {
            case RecordResult.Refused refused:
                return new MessageResult.Refused(refused.Refusal);
            case RecordResult.Known known:
                return new MessageResult.Accepted([known.Stored]);
        }

        await Professionals.Find(filing, message, session);
        await filing.Store();
        filing.Keep(sent, status.Id);
        var end = OdhEmploymentStatus.Read(status).End;
        status = filing.Copy(sent);
        OdhEmploymentStatus.SetEnd(status, end);
        await session.Resources.Create(message.Access, status);
        return new MessageResult.Accepted([status]);
    }

    private static List<FhirIssue> Faults(ReceivedMessage message)
    {
        List<FhirIssue> faults = [];
        var path = message.PathOf(message.Header);
        if (message.Reason is not (Reasons.New or Reasons.Update))
            faults.Add(Refusal.Issue(IssueType.Invariant, path + ".reason",
                "A status is new. One that was wrong is set to entered-in-error with PUT on the Observation."));
        if (message.Focus<Observation>() is null)
            faults.Add(Refusal.Issue(
                IssueType.Required, path + ".focus", "The focus is an Observation in the message."));
        return faults;
    }

    private static async Task<(Patient?, IReadOnlyList<FhirIssue>)> Person(
        ReceivedMessage message, Observation status, Filing filing, Session session)
    {
        if (message.Resolve<Patient>(status.Subject) is not { } sent)
            return (null, [Refusal.Issue(IssueType.Required, message.PathOf(status) + ".subject",
                "The subject is a Patient in the message.")]);
        if (!sent.Identifier.Exists(identifier => identifier is { System.Length: > 0, Value.Length: > 0 }))
            return (null, [Refusal.Issue(IssueType.Required, message.PathOf(sent) + ".identifier",
                "The Patient has an identifier with system and value.")]);
        return await filing.Match(sent)
            ? (await session.Resources.Get<Patient>(message.Access, filing.IdOf(sent)), [])
            : (null, []);
    }
}
