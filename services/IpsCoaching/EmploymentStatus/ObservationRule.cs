using Fhir;
using Messages;
using ServiceKit.Rest;

namespace IpsCoaching.EmploymentStatus;

/// <summary>An Observation by REST is a job or, whatever else it says, an employment status.</summary>
public sealed class ObservationRule : IWriteRule<Observation>
{
    public Task<Refusal?> Check(Write<Observation> write, CancellationToken cancel) =>
        (write.Current ?? write.Proposed).Code?.Has(Systems.Loinc, OdhJob.Code) == true
            ? RecordJob.Check(write)
            : new EmploymentStatusRule().Check(write, cancel);
}
