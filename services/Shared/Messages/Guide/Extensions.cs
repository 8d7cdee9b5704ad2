using Fhir;
using static Messages.Guide.ExtensionMaker;

namespace Messages.Guide;

/// <summary>Our extensions. The services that write and read them name them in `Terms.cs` and beside their use.</summary>
internal static class Extensions
{
    public static IReadOnlyList<StructureDefinition> All { get; } =
    [
        Parts("journey-position", "Where a message stands among those of its journey.", ["MessageHeader"],
            new("source", "code"), new("journey", "string"), new("number", "positiveInt")),

        // OccupationalHealth/Terms.cs
        Value("recording-warning", "CodeableConcept", "What was recorded although the method is meant otherwise.",
            "EpisodeOfCare", "Procedure", "Encounter"),
        Value("what-followed", "CodeableConcept", "How an episode of a method went on.", "EpisodeOfCare"),
        Value("interruption", "CodeableConcept", "Why an episode of a method was interrupted.", "EpisodeOfCare"),
        Value("start-measure", "Reference", "The total of an instrument when the episode began.", "EpisodeOfCare"),
        Value("end-measure", "Reference", "The total of an instrument when the episode ended.", "EpisodeOfCare"),
        Value("episode-region", "Coding", "The county where it was given or the person lived.", "EpisodeOfCare"),
        Parts("agreed-measure", "A measure that a negotiation agreed on, and whether the worker has released it.",
            ["Encounter"], new("text", "string"), new("released", "boolean")),
        Value("employer", "Reference", "The employer that took part in a negotiation.", "Encounter"),
        Value("told-by", "Reference", "The employer that told of the absence itself.", "Observation"),
        Value("may-refer", "CodeableConcept|Reference", "Who may refer to the method: a profession, or an organisation.",
            "Contract.term.asset.valuedItem"),
        Value("catalogue-stale", "CodeableConcept", "That the copy of the unit has grown old.", "HealthcareService"),
        Value("catalogue-as-of", "instant", "When its region told of the unit last.", "HealthcareService"),
        Value("next-assessor", "Reference", "Who assesses after the certificate.", "Observation"),
        Value("safety-review", "code", "How far the safety review of a person handed over has come.", "Task"),
        Parts("capacity-status", "What a unit can take now, and the days to wait.", ["HealthcareService"],
            new("status", "code"), new("days", "integer", IsNeeded: false)),
        Value("age-range", "Range", "The ages that a unit takes, in whole years.", "HealthcareService"),
        Parts("served-municipality", "A municipality that a unit serves, and when.", ["HealthcareService"],
            new("municipality", "Coding"), new("period", "Period", IsNeeded: false)),

        // IpsCoaching/Cases
        Parts("ips-phase", "A phase of a case, from when to when.", ["EpisodeOfCare"],
            new("phase", "Coding"), new("period", "Period")),
        Code("ips-entry", "Coding", "ips-entry", "How a person came to coaching.", "EpisodeOfCare"),
        Value("ips-work-retention", "boolean", "The client has work that is at risk.", "EpisodeOfCare", "ServiceRequest"),
        Parts("ips-coach", "Who had the case from when to when.", ["EpisodeOfCare"],
            new("coach", "Reference"), new("period", "Period")),
        Code("ips-ending-reason", "Coding", "ips-ending-reason", "Why the case ended.", "EpisodeOfCare"),
        Value("ips-transferred-to", "Reference", "Who takes over a client who moved.", "EpisodeOfCare"),
        Parts("ips-refusal", "Why a case is not taken up, and what the person can do instead.", ["EpisodeOfCare"],
            new("reason", "Coding"), new("guidance", "string"), new("patient-informed", "boolean")),

        // IpsCoaching/EmploymentStatus, EmployerContacts, Consents
        Code("ips-job-kind", "Coding", "ips-job-kind", "What kind of job it is.", "Observation"),
        Value("ips-job-end-reason", "Coding", "Why the job ended.", "Observation"),
        Value("ips-education-end-reason", "Coding", "Why the education ended.", "Observation"),
        Value("ips-employer", "Reference", "The employer of a contact, by business id.", "Encounter"),
        Value("ips-met-team", "Reference", "The care team that the coach met.", "Encounter"),
        Value("ips-told", "Coding", "What was said of the client to the employer, a disclosure topic.", "Encounter"),
        Value("ips-agreed-words", "string", "The words that client and coach have agreed on.", "Consent.provision"),

        // IpsCoaching/Fidelity, Outcomes
        Value("ips-review-period", "Period", "The period that a review of fidelity is of.", "QuestionnaireResponse"),
        Value("ips-fidelity-basis", "Coding", "What the score of an item rests on.", "MeasureReport.group"),
        Value("ips-fidelity-computed", "integer", "The score of an item as computed.", "MeasureReport.group"),
        Parts("ips-fidelity-entered", "The score of an item as a reviewer gave it.", ["MeasureReport.group"],
            new("score", "integer"), new("rationale", "string"), new("reviewer", "string"), new("date", "date")),
        Value("ips-fidelity-band", "Coding", "The band of the total.", "MeasureReport.group"),
        Value("ips-fidelity-review-due", "date", "When the next review is due.", "MeasureReport"),
        Parts("ips-fidelity-review", "An earlier review.", ["MeasureReport"],
            new("period", "Period"), new("date", "date"), new("points", "integer"), new("scored-items", "integer"),
            new("band", "Coding", IsNeeded: false), new("reviewer", "string", IsNeeded: false, IsMany: true)),
        Parts("ips-benchmark", "A line that an outcome is held beside, with its source.", ["MeasureReport.group"],
            new("name", "Coding"), new("share", "Quantity"), new("source", "string")),
    ];
}
