using Fhir;
using Messages;
using OccupationalHealth.Placement;
using OccupationalHealth.Referrals;
using ServiceKit.Rest;

namespace OccupationalHealth.Triage;

/// <summary>
/// The first structuring interview (ensijäsennys) of a referral: a professional and the person put the situation and
/// the need of care in order. One that took another time than usual is recorded with a warning.
/// </summary>
public sealed class FirstInterviewRule : IWriteRule<Encounter>
{
    public const string Kind = "first-structuring";

    private const string Path = "Encounter", ClassSystem = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

    private static readonly Wording Name = new("Ensijäsennys", "Första strukturering", "First structuring interview");

    // In the room, by telephone or video, or at home: codes of ActCode that R4 has for Encounter.class.
    private static readonly string[] Classes = ["AMB", "VR", "HH"];

    public async Task<Refusal?> Check(Write<Encounter> write, CancellationToken cancel)
    {
        var interview = write.Proposed;
        var minutes = MinutesOf(interview);
        List<FhirIssue> faults =
            [.. Faults(interview, minutes, write.Session.Now), .. await ReferralFaults(write), .. Changes(write)];
        if (faults.Count > 0)
            return Refusal.BadRequest(faults);

        interview.Type = [new CodeableConcept { Coding = [Texts.Coding(Terms.EncounterType, Kind, Name)] }];
        if (minutes is { } length)
            interview.Length = new Fhir.Duration
            {
                Value = length, Unit = "min", System = Quantity.Ucum, Code = "min",
            };
        var usual = TriageRules.InForceOn(
            FinnishTime.DateOf(interview.Period?.StartElement) ?? FinnishTime.DateOf(write.Session.Now));
        RecordingWarnings.Set(interview,
            interview.Status is EncounterStatus.Finished && !usual.FirstInterviewMinutes.Holds(minutes!.Value)
                ? [RecordingWarnings.Length] : []);
        return null;
    }

    private static IEnumerable<FhirIssue> Faults(Encounter interview, decimal? minutes, DateTimeOffset now)
    {
        if (interview.Type is not [var type] || !type.Has(Terms.EncounterType, Kind))
            yield return Refusal.Issue(IssueType.CodeInvalid, $"{Path}.type", $"{Kind} of {Terms.EncounterType}.");
        if (interview.Class is not { System: ClassSystem, Code: { } place }
            || !Classes.Contains(place, StringComparer.Ordinal))
            yield return Refusal.Issue(
                IssueType.CodeInvalid, $"{Path}.class", $"{string.Join(", ", Classes)} of {ClassSystem}.");
        if (interview.Status is not (EncounterStatus.Planned or EncounterStatus.InProgress or EncounterStatus.Finished
            or EncounterStatus.Cancelled or EncounterStatus.EnteredInError))
            yield return Refusal.Issue(IssueType.Value, $"{Path}.status",
                "planned, in-progress, finished, cancelled or entered-in-error.");
        if (interview.Status is not EncounterStatus.Finished)
            yield break;
        if (FinnishTime.DayOf(interview.Period?.StartElement) is not { } day)
            yield return Refusal.Issue(IssueType.Required, $"{Path}.period.start", "When it took place.");
        else if (day > FinnishTime.DateOf(now))
            yield return Refusal.Issue(
                IssueType.Value, $"{Path}.period.start", "What has taken place is no day to come.");
        if (minutes is not > 0)
            yield return Refusal.Issue(IssueType.Required, $"{Path}.length",
                "How long it took, in min of UCUM, or times of its start and end.");
    }

    private static async Task<IReadOnlyList<FhirIssue>> ReferralFaults(Write<Encounter> write)
    {
        var interview = write.Proposed;
        var request = interview.BasedOn is [var only] && only.TryGetLocal(out var type, out var id)
            && type == "ServiceRequest" ? await write.Session.Resources.Get<ServiceRequest>(write.Access, id) : null;
        if (request is null)
            return [Refusal.Issue(
                IssueType.NotFound, $"{Path}.basedOn", "The one referral: a ServiceRequest of this base.")];
        interview.Subject ??= request.Subject?.Clone();
        return interview.Subject?.Reference == request.Subject?.Reference
            ? []
            : [Refusal.Issue(IssueType.BusinessRule, $"{Path}.subject", "The subject is the person of the referral.")];
    }

    private static IEnumerable<FhirIssue> Changes(Write<Encounter> write)
    {
        if (write.Current is not { } current)
            yield break;
        if (current.Status is EncounterStatus.EnteredInError)
            yield return Refusal.Issue(IssueType.BusinessRule, $"{Path}.status", "What was withdrawn stays so.");
        if (current.BasedOn[0].Reference != write.Proposed.BasedOn.FirstOrDefault()?.Reference)
            yield return Refusal.Issue(IssueType.BusinessRule, $"{Path}.basedOn", "The referral stays the same.");
    }

    private static decimal? MinutesOf(Encounter interview)
    {
        if (interview.Length is { } length)
            return length is { System: Quantity.Ucum, Code: "min" } ? length.Value : null;
        return interview.Period?.StartElement?.ToDateTimeOffset() is { } start
            && interview.Period.EndElement?.ToDateTimeOffset() is { } end
            ? (decimal)(end - start).TotalMinutes : null;
    }
}
