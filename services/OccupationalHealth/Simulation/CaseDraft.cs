using OccupationalHealth.Placement;

namespace OccupationalHealth.Simulation;

/// <summary>A case while its line is being read: what was not told stays unknown.</summary>
internal struct CaseDraft
{
    public DateOnly? AsOf, PlannedStart;
    public bool? Emergency, AcuteCrisis, SafetyFlag, WorkerChoosesRegion, Disorder, Recurrence, HasCurrentEmployer;
    public CareLevel? Level;
    public Severity? Severity;
    public WorkRelatedness? WorkRelatedness;
    public EarlierResponse? EarlierResponse;
    public Urgency? UrgencyAskedFor;
    public int? SymptomMonths, AllowanceDays, Age, AgeWhenNeedFound;
    public string? MethodAskedFor, Region, Municipality;
    public IReadOnlyList<InstrumentScore>? Scores;
    public IReadOnlyList<string>? Employers;
    public IReadOnlyDictionary<string, int>? Used;

    public readonly SimulatedCase Complete(DateOnly asOf, string? region) => new(
        new PlacementFacts
        {
            AsOf = asOf,
            PlannedStart = PlannedStart,
            Emergency = Emergency is true,
            AcuteCrisis = AcuteCrisis is true,
            SafetyFlag = SafetyFlag is true,
            WorkerChoosesRegion = WorkerChoosesRegion is true,
            Level = Level,
            Severity = Severity,
            Disorder = Disorder,
            Scores = Scores ?? [],
            WorkRelatedness = WorkRelatedness ?? Placement.WorkRelatedness.Unknown,
            SymptomMonths = SymptomMonths,
            EarlierResponse = EarlierResponse,
            AllowanceDays = AllowanceDays,
            Recurrence = Recurrence,
            Age = Age,
            AgeWhenNeedFound = AgeWhenNeedFound,
            MethodAskedFor = MethodAskedFor,
            UrgencyAskedFor = UrgencyAskedFor ?? Urgency.Routine,
            Region = region,
            Municipality = Municipality,
            // As in a referral: who has an occupational-health contract has an employer.
            HasCurrentEmployer = HasCurrentEmployer ?? (Employers is { Count: > 0 } ? true : null),
        },
        Employers ?? [], Used);
}
