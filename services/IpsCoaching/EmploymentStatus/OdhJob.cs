using Fhir;
using IpsCoaching.Cases;
using IpsCoaching.EmployerContacts;
using Messages;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace IpsCoaching.EmploymentStatus;

/// <summary>
/// The Observation of a job. Source: IHE PCC ODH 1.0.1, profile odh-PastOrPresentJob [V]. Ours: a job that was agreed
/// and has not begun is <c>registered</c>; kind and reason of the end are extensions, since ODH has none.
/// </summary>
internal static class OdhJob
{
    public const string Profile = Odh + "odh-PastOrPresentJob", Code = "11341-5",
        EmployerUrl = Odh + "odh-Employer-extension", IsCurrentUrl = Odh + "odh-isCurrentJob-extension",
        HoursPerDay = "87512-0", DaysPerWeek = "74160-3", WorkClass = "85104-8",
        WorkClassSystem = "http://terminology.hl7.org/CodeSystem/v3-WorkClassificationODH", Competitive = "competitive";

    public static readonly string KindSystem = Canonicals.CodeSystem("ips-job-kind"),
        KindUrl = Canonicals.StructureDefinition("ips-job-kind"),
        EndReasonSystem = Canonicals.CodeSystem("ips-job-end-reason"),
        EndReasonUrl = Canonicals.StructureDefinition("ips-job-end-reason");

    private const string Odh = "https://profiles.ihe.net/PCC/ODH/StructureDefinition/", Path = "Observation";

    private static readonly string[] Kinds = [Competitive, "sheltered", "trial"],
        Paid = ["PWNSE", "PWSE", "PWLG", "PWSG", "PWFG", "PWAF"], Unpaid = ["UWNSE", "UWSE", "VW"];

    public static DateOnly? StartOf(Observation job) => FinnishTime.DayOf((job.Effective as Period)?.StartElement);

    public static DateOnly? EndOf(Observation job) => FinnishTime.DayOf((job.Effective as Period)?.EndElement);

    public static string? KindOf(Observation job) => CodeOf(job, KindUrl, KindSystem);

    public static string? EndReasonOf(Observation job) => CodeOf(job, EndReasonUrl, EndReasonSystem);

    /// <summary>The hours of a week; null where they are not recorded.</summary>
    public static decimal? HoursAWeek(Observation job) => Number(job, HoursPerDay, 24) * Number(job, DaysPerWeek, 7);

    public static string? EmployerOf(Observation job) =>
        (job.GetExtension(EmployerUrl)?.Value as ResourceReference)?.Identifier?.Value;

    /// <summary>The jobs of a person that were not entered in error.</summary>
    public static Task<IReadOnlyList<Observation>> Of(Session session, Access access, string person) =>
        OdhEmploymentStatus.Valid(session, access, person, Code);

    /// <summary>
    /// Since when the newest job that has begun is known: its first day, or when it was recorded if that was earlier.
    /// </summary>
    public static DateTimeOffset? NewestSince(IEnumerable<Observation> jobs, DateOnly today)
    {
        var begun = jobs.Where(job => job.Status is not ObservationStatus.Registered && StartOf(job) <= today);
        if (begun.MaxBy(StartOf) is not { } newest) return null;
        var start = FinnishTime.EndOf(StartOf(newest)!.Value.AddDays(-1)).AddSeconds(1);
        return newest.Issued < start ? newest.Issued : start;
    }

    /// <summary>All that the profile and our rules find wrong with a job, subject and other jobs apart.</summary>
    public static IReadOnlyList<FhirIssue> Faults(Observation job, DateOnly today) =>
        [
            .. KindFaults(job), .. PeriodFaults(job, today), .. CurrentFaults(job), .. EndFaults(job, today),
            .. HourFaults(job, today),
        ];

    private static IEnumerable<FhirIssue> KindFaults(Observation job)
    {
        if (job.Meta?.Profile.Contains(Profile, StringComparer.Ordinal) != true)
            yield return Required(".meta.profile", $"The profile {Profile} is stated.");
        if (!job.Category.Exists(one => one.Has(OdhEmploymentStatus.CategorySystem, OdhEmploymentStatus.Category)))
            yield return Required(".category",
                $"The category {OdhEmploymentStatus.Category} of {OdhEmploymentStatus.CategorySystem} is stated.");
        if ((job.Value as CodeableConcept)?.Coding is not [{ System.Length: > 0, Code.Length: > 0 }, ..])
            yield return Required(".value", "The occupation as a coding with system and code (ISCO-08).");
        var employer = (job.GetExtension(EmployerUrl)?.Value as ResourceReference)?.Identifier;
        if (KindOf(job) is not { } kind)
            yield return Refusal.Issue(IssueType.CodeInvalid, Path + ".extension('ips-job-kind')",
                $"The kind is one of {string.Join(", ", Kinds)} of {KindSystem}.");
        else if (kind == Competitive && employer is null)
            yield return Required(".extension('odh-Employer-extension')", "A competitive job has an employer.");
        if (employer is not null && !BusinessId.Is(employer))
            yield return Refusal.Issue(IssueType.Value, Path + ".extension('odh-Employer-extension')",
                $"The employer is named by a business id of {BusinessId.SystemUrl}.");
    }

    /// <summary>What is wrong with the days of a job or an education, and with a status that they contradict.</summary>
    public static IEnumerable<FhirIssue> PeriodFaults(Observation job, DateOnly today)
    {
        const string Status = Path + ".status", Start = ".effective.start", End = Path + ".effective.end";
        var (start, end, period) = (StartOf(job), EndOf(job), job.Effective as Period);
        if (start is null) yield return Required(Start, "An effectivePeriod with a start, to the day.");
        if (period?.EndElement is not null && end is null) yield return Required(".effective.end", "To the day.");
        if (job.Status is not null and not ObservationStatus.Registered and not ObservationStatus.Final
            and not ObservationStatus.Corrected)
            yield return Refusal.Issue(IssueType.Value, Status,
                "It is registered when it is agreed, final when it has begun, corrected when something was wrong.");
        else if (job.Status is ObservationStatus.Registered && start < today)
            yield return Refusal.Issue(IssueType.BusinessRule, Status, "What has begun is final.");
        else if (job.Status is not ObservationStatus.Registered && start > today)
            yield return Refusal.Issue(IssueType.Value, Path + Start,
                "It begins after today: it is registered until it begins.");
        if (end > today)
            yield return Refusal.Issue(IssueType.Value, End, "The end is reported when it has come.");
        if (end < start)
            yield return Refusal.Issue(IssueType.Value, End, "It ends before it begins.");
    }

    private static IEnumerable<FhirIssue> CurrentFaults(Observation job)
    {
        if (job.GetExtension(IsCurrentUrl) is { } current
            && (current.Value is not FhirBoolean || IsCurrent(job) != IsTrue(current)))
            yield return Refusal.Issue(IssueType.Value, Path + ".extension('odh-isCurrentJob-extension')",
                "It says something else than the period: leave it out.");
    }

    private static IEnumerable<FhirIssue> EndFaults(Observation job, DateOnly today)
    {
        const string Place = Path + ".extension('ips-job-end-reason')";
        var reasons = IpsRules.InForceOn(today).JobEndReasons;
        var code = CodeOf(job, EndReasonUrl, EndReasonSystem);
        if (EndOf(job) is null)
        {
            if (job.GetExtension(EndReasonUrl) is not null)
                yield return Refusal.Issue(IssueType.Invariant, Place, "A job that goes on has no reason of its end.");
        }
        else if (reasons.All(reason => reason.Code != code))
        {
            yield return Refusal.Issue(IssueType.CodeInvalid, Place,
                $"Why it ended: one of {string.Join(", ", reasons.Select(reason => reason.Code))} of "
                + $"{EndReasonSystem}.");
        }
    }

    private static IEnumerable<FhirIssue> HourFaults(Observation job, DateOnly today)
    {
        var (hours, days) = (Number(job, HoursPerDay, 24), Number(job, DaysPerWeek, 7));
        var work = (Component(job, WorkClass) as CodeableConcept)?.Coding
            .Find(coding => coding.System == WorkClassSystem)?.Code;
        if (hours is null) yield return Required($".component('{HoursPerDay}')", "Hours a day, above 0 and up to 24.");
        if (days is null) yield return Required($".component('{DaysPerWeek}')", "Days a week, above 0 and up to 7.");
        if (!Paid.Concat(Unpaid).Contains(work, StringComparer.Ordinal))
            yield return Refusal.Issue(IssueType.CodeInvalid, $"{Path}.component('{WorkClass}')",
                $"Paid or unpaid: one of {string.Join(", ", Paid.Concat(Unpaid))} of {WorkClassSystem}.");
        else if (hours is not null && days is not null
            && (IsPaid(work) ? hours * days : 0) < Least(today))
            yield return Refusal.Issue(IssueType.BusinessRule,
                Path + (IsPaid(work) ? ".component" : $".component('{WorkClass}')"),
                $"Work of under {Least(today)} paid hours a week is not recorded as a job.");
    }

    private static bool IsPaid(string? work) => Paid.Contains(work, StringComparer.Ordinal);

    private static decimal Least(DateOnly today) => IpsRules.InForceOn(today).LeastPaidHoursAWeek;

    private static decimal? Number(Observation job, string code, decimal most) =>
        Component(job, code) is Quantity { Value: { } value } && value > 0 && value <= most ? value : null;

    private static DataType? Component(Observation job, string code) =>
        job.Component.Find(component => component.Code?.Has(Systems.Loinc, code) == true)?.Value;

    private static string? CodeOf(Observation job, string url, string system) =>
        job.GetExtension(url)?.Value is Coding { Code: { } code } coding && coding.System == system
        && (url != KindUrl || Kinds.Contains(code, StringComparer.Ordinal))
            ? code
            : null;

    private static bool IsCurrent(Observation job) =>
        job.Status is not ObservationStatus.Registered && EndOf(job) is null;

    private static bool IsTrue(Extension extension) => extension.Value is FhirBoolean { Value: true };

    private static FhirIssue Required(string place, string message) =>
        Refusal.Issue(IssueType.Required, Path + place, message);
}
