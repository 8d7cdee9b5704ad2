namespace OccupationalHealth.Placement;

/// <summary>
/// Where care is proposed, why, what stood against every other place, who keeps the person's ability to work in sight,
/// and what else has to be done. It names its rules and inputs, so that it can be explained and repeated later. All that
/// follows from the place, whether the policy or a clinician chose it, is worked out when it is first read.
/// </summary>
public sealed record PlacementDecision
{
    public required Need Need { get; init; }
    public required CareOption Chosen { get; init; }
    public required IReadOnlyList<CareOption> Alternatives { get; init; }

    public IReadOnlyList<RequiredTask> Tasks => field ??= RequiredTasks.For(Facts, Need, Chosen);

    /// <summary>Methods beside the care, each with what speaks for it and what is still missing.</summary>
    public IReadOnlyList<MethodBeside> Beside => field ??= MethodsBeside.For(Facts, Rules);

    /// <summary>By when the law wants something done, whatever the capacity.</summary>
    public IReadOnlyList<Deadline> Deadlines => field ??= Placement.Deadlines.For(Facts, Chosen, Rules);

    /// <summary>Null only at level 1, which concerns a workplace and no person.</summary>
    public FollowUp? FollowUp => field ??= FollowUpPolicy.For(Facts, Need, Chosen, Contracts);

    public IReadOnlyList<MissingFact> Missing { get => field ??= MissingFacts.Of(this); init; }

    public string PolicyVersion => Rules.Version;
    public required PlacementFacts Facts { get; init; }
    public required IReadOnlyList<ContractScope> Contracts { get; init; }
    public required RegionOffer Offer { get; init; }
    public required PlacementRules Rules { get; init; }

    /// <summary>The policy's own choice, where a clinician has overridden it.</summary>
    public CareOption? Overridden { get; init; }

    public CarePlace Place => Chosen.Place;

    public IEnumerable<Reason> Reasons =>
    [
        .. Need.Reasons, .. Chosen.Reasons, .. FollowUp?.Reasons ?? [], .. Beside.SelectMany(method => method.Reasons),
        .. Alternatives.SelectMany(option => option.Reasons),
    ];
}

/// <summary>One way to give the care, with everything that speaks for and against it.</summary>
/// <param name="Place">Who gives the care.</param>
/// <param name="Reasons">Never empty.</param>
/// <param name="ContractId">The contract under which occupational health would give it.</param>
/// <param name="Method">Code of the method; null where the unit itself chooses it.</param>
/// <param name="IsOpen">Nothing stands against it but warnings.</param>
public sealed record CareOption(
    CarePlace Place,
    IReadOnlyList<Reason> Reasons,
    string? ContractId = null,
    string? Method = null,
    bool IsOpen = true)
{
    /// <summary>When it opens later: the first day on which nothing stands against it.</summary>
    public DateOnly? From => IsOpen || Openings.Count == 0 ? null : Openings[0];

    /// <summary>The days from which on nothing stands against it, the first first.</summary>
    internal IReadOnlyList<DateOnly> Openings { get; init; } = [];

    /// <summary>Id of the unit in the catalogue; null where the catalogue has none that fits.</summary>
    public string? Unit { get; init; }

    /// <summary>When the unit expects to begin, where it has to be waited for.</summary>
    public DateOnly? ExpectedStart { get; init; }

    /// <summary>The last day by which the law wants care to begin, where the expected start is later.</summary>
    public DateOnly? Exceeds { get; init; }

    /// <summary>The method that begins at once while the chosen one is waited for.</summary>
    public string? Bridge { get; init; }
}

/// <param name="Method">Code of a method that goes beside the care.</param>
/// <param name="Reasons">What speaks for it, and each condition that is not met yet.</param>
public sealed record MethodBeside(string Method, IReadOnlyList<Reason> Reasons);

/// <param name="Kind">What has to have happened.</param>
/// <param name="By">The last day.</param>
/// <param name="Binding">False where it is shown as information only.</param>
public sealed record Deadline(DeadlineKind Kind, DateOnly By, bool Binding);

public enum DeadlineKind { Contact, ReferralAssessment, NeedAssessment, AccessToCare, TherapyGuarantee, Treatment }

public enum CarePlace { OccupationalHealth, RegionPrimaryCare, SpecialisedCare, EmergencyCare, CrisisService }

/// <param name="Kind">What has to be done beside the care.</param>
/// <param name="Owner">Who does it.</param>
/// <param name="Urgency">How soon.</param>
/// <param name="Due">The last day, where the rules set one.</param>
public sealed record RequiredTask(TaskKind Kind, TaskOwner Owner, Urgency Urgency, DateOnly? Due = null);

public enum TaskKind { WorkplaceAssessment, SafetyReview, PhoneHandover, SpecialistAssessment }

/// <summary>The sender keeps the person until the receiver accepts, and so the review and the phone call.</summary>
public enum TaskOwner { Sender, OccupationalHealth, SpecialisedCare }

/// <summary>Who follows the ability to work, wherever care is given: always exactly one owner.</summary>
public sealed record FollowUp(FollowUpOwner Owner, string? ContractId, IReadOnlyList<Reason> Reasons);

public enum FollowUpOwner { CurrentEmployersOccupationalHealth, RegionTreatingUnit }

/// <summary>A fact that nobody gave, and what each value of it would change.</summary>
public sealed record MissingFact(string Code, Wording Name, IReadOnlyList<WhatIf> WouldChange);

/// <param name="Value">Code of the value that the fact could have.</param>
/// <param name="Aspect">What in the decision would be another.</param>
/// <param name="To">What it would become, as a code; empty for none.</param>
public sealed record WhatIf(string Value, string Aspect, string To);
