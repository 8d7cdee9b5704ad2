using Fhir;
using IpsCoaching.Outcomes;
using Messages;
using ServiceKit.Rest;

namespace IpsCoaching.EmploymentStatus;

/// <summary>
/// An Observation by REST is a job, an education, a client's own view or, whatever else it says, an employment status.
/// </summary>
public sealed class ObservationRule : IWriteRule<Observation>
{
    /// <summary>Whether jobs and statuses may belong to a case that has ended since.</summary>
    public bool TakesPast { get; init; }

    public Task<Refusal?> Check(Write<Observation> write, CancellationToken cancel)
    {
        var observation = write.Current ?? write.Proposed;
        if (observation.Code?.Has(Systems.Loinc, OdhJob.Code) == true) return RecordJob.Check(write, TakesPast);
        if (OwnView.Is(observation)) return RecordOwnView.Check(write);
        return Education.Is(observation)
            ? RecordEducation.Check(write)
            : new EmploymentStatusRule { TakesPast = TakesPast }.Check(write, cancel);
    }
}
