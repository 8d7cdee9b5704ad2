namespace OccupationalHealth.Placement;

/// <summary>
/// What is known of a person when the placement is decided. Null means "not known" and is told apart from "no":
/// what is missing is named in the decision. The four flags are raised or not; nobody waits for one to be denied.
/// </summary>
public sealed record PlacementFacts
{
    /// <summary>The day of the decision, in Finnish time.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Immediate danger to self or others, psychosis, withdrawal or intoxication.</summary>
    public bool Emergency { get; init; }

    /// <summary>A life crisis, as the navigator asks.</summary>
    public bool AcuteCrisis { get; init; }

    /// <summary>
    /// PHQ-9 item 9 above 0, in the referral or in answers whose review is open. Raises urgency; never changes the
    /// place and never delays.
    /// </summary>
    public bool SafetyFlag { get; init; }

    /// <summary>The worker chooses the region's services; needs no clinical reason.</summary>
    public bool WorkerChoosesRegion { get; init; }

    /// <summary>As the clinician judged it, which outranks every score.</summary>
    public CareLevel? Level { get; init; }

    /// <summary>As the clinician judged it.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Whether there is a disorder that needs treatment; false for strain or symptoms only.</summary>
    public bool? Disorder { get; init; }

    public IReadOnlyList<InstrumentScore> Scores { get; init; } = [];

    public WorkRelatedness WorkRelatedness { get; init; } = WorkRelatedness.Unknown;

    public int? SymptomMonths { get; init; }

    public EarlierResponse? EarlierResponse { get; init; }

    /// <summary>Kela sickness-allowance days within the rolling two years.</summary>
    public int? AllowanceDays { get; init; }

    /// <summary>
    /// Calendar days of the absence that goes on. They move no placement: what is due at 30 follows from the absences
    /// themselves, and the region sees how long it has lasted.
    /// </summary>
    public int? CalendarDays { get; init; }

    public bool? Recurrence { get; init; }

    /// <summary>Whole years at the planned start of care.</summary>
    public int? Age { get; init; }

    /// <summary>Whole years when the need is found, the day of the decision: deadlines go by it.</summary>
    public int? AgeWhenNeedFound { get; init; }

    /// <summary>Under age, but capable of deciding: the guardians are then not told.</summary>
    public bool MinorForbidsInforming { get; init; }

    /// <summary>Code of the method asked for; none is no gap, stepped care then proposes one.</summary>
    public string? MethodAskedFor { get; init; }

    public Urgency UrgencyAskedFor { get; init; } = Urgency.Routine;

    /// <summary>Code of the wellbeing services county that is responsible for the person.</summary>
    public string? Region { get; init; }

    /// <summary>Code of the municipality: which units of the region serve the person.</summary>
    public string? Municipality { get; init; }

    /// <summary>At the visits; it travels with the handoff.</summary>
    public bool? NeedsInterpreter { get; init; }

    /// <summary>Code of the language in which the person is to be served (BCP 47).</summary>
    public string? ServiceLanguage { get; init; }

    /// <summary>The use of alcohol and other substances was told in words or codes; an AUDIT score tells it too.</summary>
    public bool SubstanceUseTold { get; init; }

    /// <summary>Functioning was told. No rule of placement goes by it; it travels with the handoff.</summary>
    public bool FunctioningTold { get; init; }

    /// <summary>Who initiated care: in hoitoonohjaus the employer, who then learns of attendance only.</summary>
    public Initiator? InitiatedBy { get; init; }

    /// <summary>Professions of who refers, as <c>system|code</c>; empty is not known.</summary>
    public IReadOnlyList<string> ReferrerRoles { get; init; } = [];

    /// <summary>Id of the organisation that refers.</summary>
    public string? ReferringOrganisation { get; init; }

    /// <summary>To find or to keep a job is a goal of the person's own.</summary>
    public bool WorkIsGoal { get; init; }

    /// <summary>What Kela's rehabilitative psychotherapy asks for.</summary>
    public PsychotherapyFacts Psychotherapy { get; init; } = PsychotherapyFacts.NotKnown;

    public bool? HasCurrentEmployer { get; init; }

    public DateOnly? PlannedStart { get; init; }

    /// <summary>The day the contract has to be in force. An emergency and a crisis start today.</summary>
    public DateOnly Start => Emergency || AcuteCrisis ? AsOf : PlannedStart ?? AsOf;

    /// <summary>A physician or nurse has judged the need, so that an expert may be called in.</summary>
    public bool IsAssessed => Level is not null || Severity is not null || Disorder is not null;

    public bool MayBeWorkRelated => WorkRelatedness is WorkRelatedness.Yes or WorkRelatedness.Suspected;
}

/// <summary>Total of an instrument, e.g. <c>phq-9</c>, 14.</summary>
public readonly record struct InstrumentScore(string Instrument, int Total);

/// <summary>What is known for Kela's rehabilitative psychotherapy; null is not known.</summary>
public sealed record PsychotherapyFacts
{
    public static readonly PsychotherapyFacts NotKnown = new();

    public DateOnly? DiagnosedOn { get; init; }

    /// <summary>Months of appropriate care since the diagnosis.</summary>
    public int? MonthsOfCare { get; init; }

    public bool? PsychiatristsStatement { get; init; }
    public bool? WorkOrStudyThreatened { get; init; }
    public bool? AlternativesConsidered { get; init; }
}

/// <summary>The four-level model of the Finnish Institute of Occupational Health (2025-11).</summary>
public enum CareLevel { Level1 = 1, Level2, Level3, Level4 }

public enum Severity { Mild, Moderate, Severe }

public enum WorkRelatedness { Yes, Suspected, No, Unknown }

public enum EarlierResponse { NoEarlierCare, Good, Partial, Poor }

public enum Initiator { Worker, OccupationalHealth, Employer, Region }

/// <summary>R4 request-priority, in rising order.</summary>
public enum Urgency { Routine, Urgent, Asap, Stat }
