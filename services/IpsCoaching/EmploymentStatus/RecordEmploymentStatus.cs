using Fhir;
using IpsCoaching.Cases;
using Messages;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace IpsCoaching.EmploymentStatus;

/// <summary>A status as it came through either door.</summary>
/// <param name="Observation">Has the id under which it will be stored.</param>
/// <param name="Path">FHIRPath of the Observation in what was sent.</param>
/// <param name="Person">The person in our store; null when we know nobody of that description.</param>
/// <param name="SubjectFaults">What is wrong with how the person is named.</param>
/// <param name="Former">The MessageHeader that brought it, null by REST.</param>
internal sealed record StatusReport(
    Observation Observation, string Path, Patient? Person, IReadOnlyList<FhirIssue> SubjectFaults, Access Access,
    MessageHeader? Former)
{
    /// <summary>Whether it may belong to a case that has ended since.</summary>
    public bool TakesPast { get; init; }
}

/// <summary>What became of a report.</summary>
internal abstract record RecordResult
{
    private RecordResult()
    {
    }

    /// <summary>
    /// All is done but storing the reported Observation itself, which the door does with the period that it now has.
    /// </summary>
    public sealed record Recorded : RecordResult;

    /// <summary>It was known: this is the Observation, and there is nothing to store.</summary>
    public sealed record Known(Observation Stored) : RecordResult;

    public sealed record Refused(Refusal Refusal) : RecordResult;
}

/// <summary>
/// The one way into a person's employment history, whether by message or by REST: closes the former status, keeps the
/// case open whatever the status, and tells those who may know, all in one transaction.
/// </summary>
internal static class RecordEmploymentStatus
{
    public static async Task<RecordResult> Record(StatusReport report, Session session)
    {
        List<FhirIssue> faults =
            [.. OdhEmploymentStatus.Faults(report.Observation, report.Path), .. report.SubjectFaults];
        if (faults.Count > 0) return new RecordResult.Refused(Refusal.BadRequest(faults));
        var (episode, refusal) = await CaseOf(report, session);
        if (refusal is not null) return new RecordResult.Refused(refusal);

        var stored = await Statuses(session, report.Access, report.Person!);
        var sent = OdhEmploymentStatus.Read(report.Observation);
        var change = History(stored).Report(sent.Id, sent.Status, sent.Start, FinnishTime.DateOf(session.Now));
        switch (change)
        {
            case StatusChange.Refused(var objections):
                return new RecordResult.Refused(Refuse(objections, report.Path + ".effective.start"));
            case StatusChange.Unchanged(var known):
                return new RecordResult.Known(stored.First(other => other.Id == known.Id));
            case StatusChange.Begun(var opened, var closed):
                OdhEmploymentStatus.SetEnd(report.Observation, opened.End);
                if (closed is not null)
                    await SetEnd(stored.First(other => other.Id == closed.Id), closed.End, report.Access, session);
                break;
        }

        // Of a case that has ended nobody waits for news.
        if (CoachingCases.IsOpen(episode!)) await TellOfEmploymentStatus.Tell(report, episode!, session);
        return new RecordResult.Recorded();
    }

    /// <summary>Withdraws the newest status, which was entered in error; who was told of it is told of that.</summary>
    public static async Task<RecordResult> Withdraw(StatusReport report, Session session)
    {
        if (report.SubjectFaults.Count > 0) return new RecordResult.Refused(Refusal.BadRequest(report.SubjectFaults));
        var (episode, refusal) = await CaseOf(report, session);
        if (refusal is not null) return new RecordResult.Refused(refusal);

        var stored = await Statuses(session, report.Access, report.Person!);
        var change = History(stored).Withdraw(report.Observation.Id!);
        if (change is StatusChange.Refused(var objections))
            return new RecordResult.Refused(Refuse(objections, report.Path + ".status"));
        if (change is StatusChange.Withdrawn(_, { } reopened))
            await SetEnd(stored.First(other => other.Id == reopened.Id), reopened.End, report.Access, session);
        await TellOfEmploymentStatus.Tell(report, episode!, session);
        return new RecordResult.Recorded();
    }

    // A status belongs to a case: without one there is no care team that it is for, and no journey to tell it on.
    private static async Task<(EpisodeOfCare? Case, Refusal? Refusal)> CaseOf(StatusReport report, Session session)
    {
        EpisodeOfCare? episode = null;
        if (report.Person is { } person)
        {
            await session.Lock(report.Access, "Patient", person.Id!);
            var patient = new ResourceReference($"Patient/{person.Id}");
            episode = await (report.TakesPast
                ? CoachingCases.On(
                    session, report.Access, patient, OdhEmploymentStatus.Read(report.Observation).Start)
                : CoachingCases.Open(session, report.Access, patient));
        }

        return episode is not null ? (episode, null) : (null, new Refusal(422, "SEND_NOT_FOUND", [Refusal.Issue(
            IssueType.BusinessRule, report.Path + ".subject",
            "The person has no open coaching case: send a coaching-request first.")]));
    }

    private static Task<IReadOnlyList<Observation>> Statuses(Session session, Access access, Patient person) =>
        OdhEmploymentStatus.Valid(session, access, person.Id!, OdhEmploymentStatus.Code);

    private static EmploymentHistory History(IEnumerable<Observation> stored) =>
        new(stored.Select(OdhEmploymentStatus.Read));

    private static async Task SetEnd(Observation former, DateOnly? end, Access access, Session session)
    {
        OdhEmploymentStatus.SetEnd(former, end);
        if (!await session.Resources.Update(access, former))
            throw new InvalidOperationException($"The former status {former.Id} cannot be updated.");
    }

    private static Refusal Refuse(IReadOnlyList<StatusObjection> objections, string path)
    {
        var contradicts = objections.Any(objection => objection.ContradictsHistory);
        return new Refusal(
            contradicts ? 409 : 400, contradicts ? "SEND_CONFLICT" : "REC_BAD_REQUEST",
            [.. objections.Select(objection => Refusal.Issue(
                objection.ContradictsHistory ? IssueType.Conflict : IssueType.Value, path, objection.Remedy))]);
    }
}
