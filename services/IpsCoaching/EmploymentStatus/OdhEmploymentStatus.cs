using Fhir;
using Messages;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace IpsCoaching.EmploymentStatus;

/// <summary>
/// The Observation of an employment status. Source: IHE PCC ODH 1.0.1, profile odh-EmploymentStatus [V]; that it is
/// sent as final and without an end is our rule, since the next status sets the end.
/// </summary>
internal static class OdhEmploymentStatus
{
    public const string Profile = "https://profiles.ihe.net/PCC/ODH/StructureDefinition/odh-EmploymentStatus",
        Code = "74165-2", Category = "social-history",
        CategorySystem = "http://terminology.hl7.org/CodeSystem/observation-category";

    /// <summary>All that the profile and our rules find wrong with a new status, its subject apart.</summary>
    public static IReadOnlyList<FhirIssue> Faults(Observation observation, string path) =>
    [
        .. KindFaults(observation, path), .. PeriodFaults(observation, path), .. ValueFaults(observation, path),
    ];

    /// <summary>An Observation without faults, or one from the store, as a period of the history.</summary>
    public static StatusPeriod Read(Observation observation)
    {
        var period = (Period)observation.Effective!;
        return new StatusPeriod(
            observation.Id!, StatusOf(observation)!.Value, FinnishTime.DayOf(period.StartElement)!.Value,
            FinnishTime.DayOf(period.EndElement));
    }

    /// <summary>A person's Observations of a LOINC code, the newest first, without those entered in error.</summary>
    public static async Task<IReadOnlyList<Observation>> Valid(
        Session session, Access access, string person, string code)
    {
        var all = await session.Resources.FindAll<Observation>(access,
            new SearchClause.Reference("patient", [new TokenValue("Patient", person)]),
            new SearchClause.Token("code", [new TokenValue(Systems.Loinc, code)]));
        return [.. all.Where(observation => observation.Status is not ObservationStatus.EnteredInError)];
    }

    /// <summary>Gives the period its last day, or opens it again.</summary>
    public static void SetEnd(Observation observation, DateOnly? end) =>
        ((Period)observation.Effective!).EndElement = end is { } day ? new FhirDateTime(day.ToString("O")) : null;

    private static IEnumerable<FhirIssue> KindFaults(Observation observation, string path)
    {
        if (observation.Meta?.Profile.Contains(Profile, StringComparer.Ordinal) != true)
            yield return Required(path + ".meta.profile", $"The profile {Profile} is stated.");
        if (observation.Status is not null and not ObservationStatus.Final)
            yield return Refusal.Issue(IssueType.Value, path + ".status", "A new status is final.");
        if (!observation.Category.Exists(category => category.Has(CategorySystem, Category)))
            yield return Required(path + ".category", $"The category {Category} of {CategorySystem} is stated.");
        if (observation.Code?.Has(Systems.Loinc, Code) != true)
            yield return Refusal.Issue(
                IssueType.CodeInvalid, path + ".code", $"The code is {Code} of {Systems.Loinc}.");
        if (observation.DataAbsentReason is not null)
            yield return Prohibited(path + ".dataAbsentReason");
        if (observation.Component.Count > 0) yield return Prohibited(path + ".component");
        if (observation.HasMember.Count > 0) yield return Prohibited(path + ".hasMember");
    }

    private static IEnumerable<FhirIssue> PeriodFaults(Observation observation, string path)
    {
        if (observation.Effective is not Period period)
        {
            yield return Required(path + ".effective", "The time is an effectivePeriod with a start.");
            yield break;
        }

        if (FinnishTime.DayOf(period.StartElement) is null)
            yield return Required(path + ".effective.start", "The period has a start, to the day.");
        if (period.EndElement is not null)
            yield return Refusal.Issue(IssueType.Value, path + ".effective.end",
                "A status is reported when it begins, without an end: the next one closes it.");
    }

    private static IEnumerable<FhirIssue> ValueFaults(Observation observation, string path)
    {
        if (observation.Value is not CodeableConcept)
            yield return Required(path + ".value", "The value is a valueCodeableConcept.");
        else if (StatusOf(observation) is null)
            yield return Refusal.Issue(IssueType.CodeInvalid, path + ".value",
                $"The value is one of {string.Join(", ", Enum.GetNames<WorkStatus>())} of {Systems.EmploymentStatus}.");
    }

    // The codes of the value set are the names of the enum.
    private static WorkStatus? StatusOf(Observation observation)
    {
        var codes = (observation.Value as CodeableConcept)?.Coding
            .Where(coding => coding.System == Systems.EmploymentStatus).Select(coding => coding.Code).ToList() ?? [];
        return codes is [{ } code] && Enum.GetNames<WorkStatus>().Contains(code, StringComparer.Ordinal)
            ? Enum.Parse<WorkStatus>(code)
            : null;
    }

    private static FhirIssue Required(string path, string message) => Refusal.Issue(IssueType.Required, path, message);

    private static FhirIssue Prohibited(string path) =>
        Refusal.Issue(IssueType.NotSupported, path, "The profile does not allow this element.");
}
