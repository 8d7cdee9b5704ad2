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

    /// <summary>What an Observation about absence tells, and its components.</summary>
    public const string Absence = Canonicals.Base + "/CodeSystem/absence";

    /// <summary>Which checkpoint of an absence a Task is.</summary>
    public const string AbsenceCheckpoint = Canonicals.Base + "/CodeSystem/absence-checkpoint";

    /// <summary>Who takes part, and nobody by name: employer, employee, occupational health, Kela.</summary>
    public const string Party = Canonicals.Base + "/CodeSystem/party";

    /// <summary>What is told of a workplace: its characteristic, and the components of an indicator.</summary>
    public const string Workplace = Canonicals.Base + "/CodeSystem/workplace";

    /// <summary>What an indicator of a workplace measures; the providers' own codes.</summary>
    public const string WorkplaceIndicator = Canonicals.Base + "/CodeSystem/workplace-indicator";

    /// <summary>Which time limit of the law a Task is about.</summary>
    public const string Deadline = Canonicals.Base + "/CodeSystem/deadline";

    public const string ConsentCategory = Canonicals.Base + "/CodeSystem/consent-category";

    /// <summary>
    /// On the Encounter of a negotiation: a measure's <c>text</c>, and whether the worker has <c>released</c> it.
    /// </summary>
    public const string AgreedMeasureExtension = Canonicals.Base + "/StructureDefinition/agreed-measure";

    /// <summary>On the Encounter of a negotiation: the employer that took part, a Reference.</summary>
    public const string EmployerExtension = Canonicals.Base + "/StructureDefinition/employer";

    /// <summary>On the Observation of an absence that an employer told itself: which one, a Reference. Set here only.</summary>
    public const string ToldByExtension = Canonicals.Base + "/StructureDefinition/told-by";

    /// <summary>On the Observation of a certificate: who assesses next, a Reference.</summary>
    public const string NextAssessorExtension = Canonicals.Base + "/StructureDefinition/next-assessor";

    /// <summary>
    /// On an item of a Contract: who may refer to its method, a profession (CodeableConcept) or an Organization (Reference).
    /// Without any, anybody may.
    /// </summary>
    public const string MayReferExtension = Canonicals.Base + "/StructureDefinition/may-refer";

    public const string TaskInput = Canonicals.Base + "/CodeSystem/task-input";

    /// <summary>How far a placement has come: the values of <see cref="BusinessStatus"/>.</summary>
    public const string BusinessStatusSystem = Canonicals.Base + "/CodeSystem/business-status";

    public const string ConfirmPlacement = "confirm-placement";
    public const string OverridePlacement = "override-placement";
    public const string PhoneHandover = "phone-handover";

    /// <summary>A Task's input: a status that the person's consent lets its owner see.</summary>
    public const string EmploymentStatus = "employment-status";

    /// <summary>A Task's input: the follow-up of another unit that it takes over.</summary>
    public const string HandsOver = "hands-over";

    /// <summary>A Task's input: what calls for a follow-up beside placements, such as an absence.</summary>
    public const string CalledForBy = "called-for-by";

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

    /// <summary>On a HealthcareService whose copy has grown old: a concept that says so.</summary>
    public const string CatalogueStaleExtension = Canonicals.Base + "/StructureDefinition/catalogue-stale";

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

    /// <summary>Codes of <see cref="RejectionReason"/> that this service gives.</summary>
    public static class Rejection
    {
        public const string NoOccupationalHealth = "no-occupational-health";
    }
}
