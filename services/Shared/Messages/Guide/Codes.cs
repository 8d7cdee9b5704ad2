using Fhir;

namespace Messages.Guide;

/// <summary>Our code systems, and the value sets of those whose codes are closed.</summary>
internal static class Codes
{
    private static readonly CodeSystem[] Closed =
    [
        Of("message-event", "What a message says has happened or asks for.",
            Events.ReferralRequest, Events.HandoffRequest, Events.HandoffCancel, Events.HandoffResponse,
            Events.CoachingRequest, Events.EmploymentStatusUpdate, Events.DeliveryReport,
            Events.SicknessAbsenceNotice, Events.EmployerAbsenceNotice, Events.WorkAbilityReferral,
            Events.WorkAbilityFollowUp, Events.CatalogueUpdate),
        Of("message-reason", "Why a message of an event is sent.",
            Reasons.New, Reasons.Update, Reasons.Confirm, Reasons.Cancel),
        Of("task-kind", "What a Task is for.", TaskKinds.Care, TaskKinds.WorkAbilityFollowUp,
            TaskKinds.WorkplaceAssessment, TaskKinds.SafetyReview, TaskKinds.PhoneHandover,
            TaskKinds.SpecialistAssessment, TaskKinds.AbsenceCheckpoint, TaskKinds.DeadlinePassed,
            TaskKinds.WorkAbilityReferral, TaskKinds.WorkplaceMeasure),
        Of("care-level", "The four levels of care; level 1 concerns a workplace.",
            "level-1", "level-2", "level-3", "level-4"),
        Of("care-place", "Where care is given.", "occupational-health", "region-primary-care", "specialised-care",
            "emergency-care", "crisis-service"),
        Of("work-relatedness", "Whether the need comes of work.", "yes", "suspected", "no", "unknown"),
        Of("earlier-response", "What earlier care brought.", "no-earlier-care", "good", "partial", "poor"),
        Of("initiator", "Who began it.", "worker", "occupational-health", "employer", "region"),
        Of("contract-scope", "What an employer's contract with occupational health holds.",
            "preventive", "preventive-and-medical-care"),
        Of("placement-fact", "Facts that decide about a placement, as codes of Observations.",
            "emergency", "acute-crisis", "work-relatedness", "care-level", "symptom-duration", "allowance-days",
            "calendar-days", "functioning", "substance-use", "worker-chooses-region", "earlier-response", "recurrence",
            "initiated-by", "work-is-goal", "minor-forbids-informing", "appropriate-care", "psychiatrists-statement",
            "work-or-study-threatened", "alternatives-considered"),
        Of("business-status", "How far a placement has come.",
            "proposed", "confirmed", "handed-over", "undelivered", "escalated"),
        Of("ips-phase", "The five phases of IPS coaching.",
            "agreement", "vocational-profile", "job-search", "employer-agreement", "support"),
        Of("ips-entry", "How a person came to coaching.", "coaching-request", "self-referral", "care-team"),
        Of("ips-ending-reason", "Why a case of coaching ends.",
            "client-wish", "moved-and-transferred", "death", "unreachable"),
        Of("ips-job-kind", "Kinds of jobs.", "competitive", "sheltered", "trial"),
        Of("endpoint-connection-type", "Channels that HL7 has no code for.", "amqp", "mailbox"),
    ];

    // Their codes stand in dated rules, or are the other side's to choose.
    private static readonly CodeSystem[] Open =
    [
        Part("method", "Methods of care; local codes, since the national ones were not found in a source.",
            "self-care", "guided-self-care", "nettiterapia", "klt", "oh-psychologist", "structured-short-therapy",
            "psychiatrist-consultation", "addiction-services", "ipc-n", "cool-kids", "rehabilitative-psychotherapy",
            "ips"),
        Part("provenance-activity", "What a professional answers for.", "confirm-placement", "override-placement"),
        Part("contract-term", "Kinds of terms of a contract.", "workplace-survey", "action-plan"),
        Part("communication-category", "Kinds of Communications.", "phone-handover"),
        Part("coverage-type", "Kinds of Coverages.", "occupational-health"),
        Part("rejection-reason", "Why a region turns a handoff down.", "specialised-care-needed"),
        Part("task-output", "What a Task gives out.", "guidance", "patient-informed"),
        Part("task-input", "What a Task takes in.", "employment-status"),
        Part("ips-refusal-reason", "Why a case is not taken up.", "client-does-not-want", "other-unit", "no-capacity"),
        Part("ips-job-end-reason", "Why a job ended.",
            "resigned", "dismissed", "laid-off", "fixed-term-ended", "other"),
        Part("error", "Whose fault an error is: SEND_, PROXY_ or REC_.", "SEND_BAD_REQUEST", "SEND_UNAUTHORIZED",
            "SEND_FORBIDDEN", "SEND_NOT_FOUND", "SEND_CONFLICT", "SEND_PRECONDITION_FAILED", "SEND_TOO_EARLY",
            "SEND_TOO_LARGE", "SEND_TOO_MANY", "PROXY_UNAVAILABLE", "PROXY_TIMEOUT", "REC_BAD_REQUEST", "REC_ERROR",
            "REC_UNAVAILABLE"),
        Named("ips-contact", "Kinds of contacts of a coach."),
        Named("ips-follow-along", "Which contact of the follow-along is due."),
        Named("ips-fidelity-item", "Items of the IPS-25 scale."),
        Named("ips-fidelity-evidence", "Counts beside a fidelity item."),
        Named("ips-fidelity-basis", "What the score of a fidelity item rests on."),
        Named("ips-fidelity-band", "Bands of the total of the fidelity items."),
        Named("ips-next-action", "What a coach's list says is due."),
        Named("ips-event", "What is recorded of a day in a case of coaching."),
        Named("ips-preference", "What a client wishes of work."),
        Named("ips-consent", "Kinds of consents that coaching asks for."),
        Named("ips-disclosure-topic", "What a client may let the coach say to an employer."),
        Named("ips-observation", "Kinds of Observations of coaching of our own."),
        Named("ips-education-end-reason", "Why an education ended."),
        Named("ips-own-view", "What a client says of wellbeing, inclusion and finances."),
        Named("ips-outcome", "Figures of the outcomes of coaching."),
        Named("ips-outcome-count", "Counts beside a figure of the outcomes of coaching."),
        Named("ips-benchmark", "Lines that the outcomes of coaching are held beside."),
        Named("instrument-total", "Totals of instruments for which no reliable LOINC code was found."),
        Named("instrument-item", "Items of such instruments."),
        Named("answer-score", "Answers of such instruments, by their score."),
        Named("score-band", "Bands of totals."),
        Named("flag", "What a Flag warns of."),
        Named("encounter-type", "Kinds of encounters of our own."),
        Named("what-followed", "How an episode of a method went on."),
        Named("interruption-reason", "Why an episode of a method was interrupted."),
        Named("recording-warning", "What is recorded as it happened although the method is meant otherwise."),
        Named("outcome-figure", "Figures of what episodes of a method came to."),
        Named("outcome-dimension", "What such figures are told apart by."),
        Named("demand-dimension", "What the demand of a simulation is told apart by."),
        Named("absence", "What an Observation about absence tells."),
        Named("absence-checkpoint", "Which checkpoint of an absence a Task is."),
        Named("party", "Who takes part, and nobody by name."),
        Named("workplace", "What is told of a workplace as a group."),
        Named("workplace-indicator", "What an indicator of a workplace measures; the providers' own codes."),
        Named("deadline", "Which time limit of the law a Task is about."),
        Named("consent-category", "Kinds of Consents of our own."),
    ];

    public static IReadOnlyList<CodeSystem> Systems { get; } = [.. Closed, .. Open];

    public static IReadOnlyList<ValueSet> ValueSets { get; } =
    [
        .. Closed.Select(system => Set(system.Id!, $"All codes of {system.Title}.",
            new() { System = system.Url })),
        Set("handoff-answer-status", "The statuses of a Task that its owner sets.", new()
        {
            System = "http://hl7.org/fhir/task-status",
            Concept = [.. Words("received", "accepted", "rejected", "in-progress", "on-hold", "failed", "completed")],
        }),
        Set("employment-status", "What an employment status is (IHE PCC ODH 1.0.1).", new()
        {
            System = Messages.Systems.EmploymentStatus,
            Concept = [.. Words("Employed", "Unemployed", "NotInLaborForce")],
        }),
    ];

    private static CodeSystem Of(string name, string description, params string[] codes) =>
        Make(name, description, CodeSystemContentMode.Complete, codes);

    private static CodeSystem Part(string name, string description, params string[] codes) =>
        Make(name, description, CodeSystemContentMode.Fragment, codes);

    private static CodeSystem Named(string name, string description) =>
        Make(name, description, CodeSystemContentMode.NotPresent, []);

    private static CodeSystem Make(string name, string description, CodeSystemContentMode content, string[] codes)
    {
        var made = new CodeSystem
        {
            Id = name,
            Url = Canonicals.CodeSystem(name),
            Name = Published.ComputerName(name),
            Title = Published.Title(name),
            Description = description,
            CaseSensitive = true,
            Content = content,
            Concept = [.. codes.Select(code => new CodeSystem.ConceptDefinitionComponent { Code = code })],
        };
        Published.Mark(made);
        return made;
    }

    private static ValueSet Set(string name, string description, ValueSet.ConceptSetComponent include)
    {
        var made = new ValueSet
        {
            Id = name,
            Url = Published.ValueSet(name),
            Name = Published.ComputerName(name),
            Title = Published.Title(name),
            Description = description,
            Compose = new() { Include = [include] },
        };
        Published.Mark(made);
        return made;
    }

    private static IEnumerable<ValueSet.ConceptReferenceComponent> Words(params string[] codes) =>
        codes.Select(code => new ValueSet.ConceptReferenceComponent { Code = code });
}
