using Fhir;
using OccupationalHealth.WorkAbility;
using OccupationalHealth.Workplace;
using ServiceKit.Rest;

namespace OccupationalHealth;

/// <summary>Observations by REST: an absence of a person, or a figure of a workplace; each stays of its kind.</summary>
public sealed class ObservationRule : IWriteRule<Observation>
{
    private static readonly AbsenceRule Absence = new();
    private static readonly WorkplaceIndicatorRule Indicator = new();

    public Task<Refusal?> Check(Write<Observation> write, CancellationToken cancel) =>
        AbsenceObservation.Is(write.Current ?? write.Proposed)
            ? Absence.Check(write, cancel)
            : Indicator.Check(write, cancel);
}
