using Messages;

namespace OccupationalHealth;

/// <summary>Code systems, codes and extensions that only this service writes or reads.</summary>
internal static class Terms
{
    public const string PlacementFact = Canonicals.Base + "/CodeSystem/placement-fact";
    public const string PlacementReason = Canonicals.Base + "/CodeSystem/placement-reason";
    public const string CareLevel = Canonicals.Base + "/CodeSystem/care-level";
    public const string CarePlace = Canonicals.Base + "/CodeSystem/care-place";
    public const string WorkRelatedness = Canonicals.Base + "/CodeSystem/work-relatedness";
    public const string EarlierResponse = Canonicals.Base + "/CodeSystem/earlier-response";
    public const string Initiator = Canonicals.Base + "/CodeSystem/initiator";
    public const string ContractTerm = Canonicals.Base + "/CodeSystem/contract-term";
    public const string ContractScope = Canonicals.Base + "/CodeSystem/contract-scope";
    public const string ProvenanceActivity = Canonicals.Base + "/CodeSystem/provenance-activity";
    public const string CommunicationCategory = Canonicals.Base + "/CodeSystem/communication-category";
    public const string CoverageType = Canonicals.Base + "/CodeSystem/coverage-type";
    public const string RejectionReason = Canonicals.Base + "/CodeSystem/rejection-reason";
    /// <summary>Identifies a MessageHeader by its id.</summary>
    public const string MessageId = Canonicals.Base + "/sid/message-header";

    /// <summary>Totals, items and answers of instruments for which no reliable LOINC code was found.</summary>
    public const string InstrumentTotal = Canonicals.Base + "/CodeSystem/instrument-total";
    public const string InstrumentItem = Canonicals.Base + "/CodeSystem/instrument-item";
    public const string AnswerScore = Canonicals.Base + "/CodeSystem/answer-score";

    /// <summary>Named bands of totals.</summary>
    public const string ScoreBand = Canonicals.Base + "/CodeSystem/score-band";

    /// <summary>What warns of a person, such as <see cref="SelfHarmAnswer"/>.</summary>
    public const string Flag = Canonicals.Base + "/CodeSystem/flag";
    public const string SelfHarmAnswer = "self-harm-answer";

    /// <summary>Kinds of encounters of our own.</summary>
    public const string EncounterType = Canonicals.Base + "/CodeSystem/encounter-type";

    /// <summary>How an episode of a method went on, and why one was interrupted.</summary>
    public const string WhatFollowed = Canonicals.Base + "/CodeSystem/what-followed";
    public const string InterruptionReason = Canonicals.Base + "/CodeSystem/interruption-reason";

    /// <summary>What is recorded as it happened although the method is meant otherwise.</summary>
    public const string RecordingWarning = Canonicals.Base + "/CodeSystem/recording-warning";

    /// <summary>On an EpisodeOfCare or Procedure: a concept of <see cref="RecordingWarning"/>, one each.</summary>
    public const string RecordingWarningExtension = Canonicals.Base + "/StructureDefinition/recording-warning";

    /// <summary>On an EpisodeOfCare: a concept of <see cref="WhatFollowed"/>.</summary>
    public const string WhatFollowedExtension = Canonicals.Base + "/StructureDefinition/what-followed";

    /// <summary>On an EpisodeOfCare that was interrupted: a concept of <see cref="InterruptionReason"/>.</summary>
    public const string InterruptionExtension = Canonicals.Base + "/StructureDefinition/interruption";

    /// <summary>On an EpisodeOfCare: the total (Observation) at its start and at its end.</summary>
    public const string StartMeasureExtension = Canonicals.Base + "/StructureDefinition/start-measure";
    public const string EndMeasureExtension = Canonicals.Base + "/StructureDefinition/end-measure";

    /// <summary>On an EpisodeOfCare: code of the county where it was given or the person lived when it began.</summary>
    public const string EpisodeRegionExtension = Canonicals.Base + "/StructureDefinition/episode-region";

    /// <summary>R4's extension, on a visit: http://hl7.org/fhir/R4/extension-workflow-episodeofcare.html [K].</summary>
    public const string EpisodeExtension = "http://hl7.org/fhir/StructureDefinition/workflow-episodeOfCare";

    public const string TaskInput = Canonicals.Base + "/CodeSystem/task-input";

    /// <summary>How far a placement has come: the values of <see cref="BusinessStatus"/>.</summary>
    public const string BusinessStatusSystem = Canonicals.Base + "/CodeSystem/business-status";

    public const string ConfirmPlacement = "confirm-placement";
    public const string OverridePlacement = "override-placement";
    public const string PhoneHandover = "phone-handover";

    /// <summary>A Task's input: a status that the person's consent lets its owner see.</summary>
    public const string EmploymentStatus = "employment-status";

    /// <summary>On the Task of a handoff that leaves while the safety review is open.</summary>
    public const string SafetyReviewExtension = Canonicals.Base + "/StructureDefinition/safety-review";

    /// <summary>The policy that decides; its version follows behind a bar.</summary>
    public const string PlacementModule = Canonicals.Base + "/PlanDefinition/placement";

    /// <summary>ICD-10, Finnish edition. Source: Finnish base profiles 2.0.0-rc2.</summary>
    public const string Icd10 = "urn:oid:1.2.246.537.6.1";

    public const string Snomed = "http://snomed.info/sct";
    public const string TaskCode = "http://hl7.org/fhir/CodeSystem/task-code";

    /// <summary>Finnish base profiles 2.0.0-rc2, on Patient.address.</summary>
    public const string MunicipalityExtension =
        "https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/municipality-code";

    /// <summary>R4, on Patient: http://hl7.org/fhir/R4/extension-patient-interpreterrequired.html.</summary>
    public const string InterpreterExtension = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired";

    /// <summary>On a HealthcareService: <c>status</c> (code), and <c>days</c> (integer) to wait.</summary>
    public const string CapacityExtension = Canonicals.Base + "/StructureDefinition/capacity-status";

    /// <summary>On a HealthcareService: the ages that it takes, a Range in whole years.</summary>
    public const string AgesExtension = Canonicals.Base + "/StructureDefinition/age-range";

    /// <summary>On a HealthcareService: a <c>municipality</c> (Coding) that it serves, and its <c>period</c>.</summary>
    public const string ServedMunicipalityExtension = Canonicals.Base + "/StructureDefinition/served-municipality";

    /// <summary>
    /// R4's extension for a text in another language: http://hl7.org/fhir/R4/extension-translation.html.
    /// </summary>
    public const string Translation = "http://hl7.org/fhir/StructureDefinition/translation";

    /// <summary>Codes of <see cref="BusinessStatusSystem"/>.</summary>
    public static class BusinessStatus
    {
        public const string Proposed = "proposed", Confirmed = "confirmed", HandedOver = "handed-over",
            Undelivered = "undelivered", Escalated = "escalated";
    }
}
