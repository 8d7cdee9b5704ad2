using Fhir;
using IpsCoaching.Cases;
using ServiceKit.Rest;

namespace IpsCoaching.EmploymentStatus;

/// <summary>
/// An employment status by REST: a create is the same as a message; an update only withdraws, by the status
/// <c>entered-in-error</c>, since what was told to others is not rewritten.
/// </summary>
public sealed class EmploymentStatusRule : IWriteRule<Observation>
{
    private const string Path = "Observation";

    /// <summary>Whether a status may belong to a case that has ended since.</summary>
    public bool TakesPast { get; init; }

    public async Task<Refusal?> Check(Write<Observation> write, CancellationToken cancel)
    {
        if (write.Current is { } current && UpdateFault(write.Proposed, current) is { } fault)
            return Refusal.BadRequest(fault);
        var (person, faults) = await KnownPersons.Named(
            write.Session, write.Access, write.Proposed.Subject, Path + ".subject");
        var report = new StatusReport(write.Proposed, Path, person, faults, write.Access, null)
        {
            TakesPast = TakesPast,
        };
        var result = write.Current is null
            ? await RecordEmploymentStatus.Record(report, write.Session)
            : await RecordEmploymentStatus.Withdraw(report, write.Session);
        switch (result)
        {
            case RecordResult.Refused refused:
                return refused.Refusal;
            case RecordResult.Known known:
                write.Existing = known.Stored;
                return null;
            default:
                return null;
        }
    }

    private static FhirIssue? UpdateFault(Observation proposed, Observation current)
    {
        var withdrawn = current.Clone();
        withdrawn.Status = ObservationStatus.EnteredInError;
        withdrawn.Meta = proposed.Meta;
        return current.Status != ObservationStatus.EnteredInError && proposed.DeepEquals(withdrawn)
            ? null
            : Refusal.Issue(IssueType.BusinessRule, Path,
                "A stored status is only ever withdrawn: send it unchanged but for the status entered-in-error, and "
                + "report the right one anew.");
    }
}
