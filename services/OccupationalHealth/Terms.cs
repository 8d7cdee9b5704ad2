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

    public const string EncounterType = Canonicals.Base + "/CodeSystem/encounter-type";
    public const string ConsentCategory = Canonicals.Base + "/CodeSystem/consent-category";

    /// <summary>
    /// On the Encounter of a negotiation: a measure's <c>text</c>, and whether the worker has <c>released</c> it.
    /// </summary>
    public const string AgreedMeasureExtension = Canonicals.Base + "/StructureDefinition/agreed-measure";

    /// <summary>On the Observation of a certificate: who assesses next, a Reference.</summary>
    public const string NextAssessorExtension = Canonicals.Base + "/StructureDefinition/next-assessor";

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

    /// <summary>Codes of <see cref="RejectionReason"/> that this service gives.</summary>
    public static class Rejection
    {
        public const string NoOccupationalHealth = "no-occupational-health";
    }
}
