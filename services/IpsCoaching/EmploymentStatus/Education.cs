using Fhir;
using IpsCoaching.Cases;
using Messages;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace IpsCoaching.EmploymentStatus;

/// <summary>
/// Education as an outcome, as an Observation of a code of ours: <c>effectivePeriod</c> from the first to the last day,
/// <c>valueCodeableConcept</c> what is studied, in words or as a coding, and once it has ended the reason as an
/// extension. As with jobs one that was agreed and has not begun is <c>registered</c>.
/// </summary>
internal static class Education
{
    public const string Code = "education";

    public static readonly string SystemUrl = Canonicals.CodeSystem("ips-observation"),
        EndReasonSystem = Canonicals.CodeSystem("ips-education-end-reason"),
        EndReasonUrl = Canonicals.StructureDefinition("ips-education-end-reason");

    private const string Path = "Observation";

    public static bool Is(Observation observation) => observation.Code?.Has(SystemUrl, Code) == true;

    public static DateOnly? StartOf(Observation education) => OdhJob.StartOf(education);

    public static DateOnly? EndOf(Observation education) => OdhJob.EndOf(education);

    /// <summary>Why it ended; null while it goes on.</summary>
    public static string? EndReasonOf(Observation education) =>
        education.GetExtension(EndReasonUrl)?.Value is Coding coding && coding.System == EndReasonSystem
            ? coding.Code
            : null;

    /// <summary>
    /// The education of a person that was not entered in error; one that is registered has not begun.
    /// </summary>
    public static async Task<IReadOnlyList<Observation>> Of(Session session, Access access, string person) =>
        [.. (await session.Resources.FindAll<Observation>(access,
                new SearchClause.Reference("patient", [new TokenValue("Patient", person)]),
                new SearchClause.Token("code", [new TokenValue(SystemUrl, Code)])))
            .Where(observation => observation.Status is not ObservationStatus.EnteredInError)];

    /// <summary>All that our rules find wrong, subject and other education apart.</summary>
    public static IEnumerable<FhirIssue> Faults(Observation education, DateOnly today)
    {
        const string Place = Path + ".extension('ips-education-end-reason')";
        if (education.Value is not CodeableConcept { } what
            || (what.Text is not { Length: > 0 }
                && !what.Coding.Exists(coding => coding is { System.Length: > 0, Code.Length: > 0 })))
            yield return Refusal.Issue(IssueType.Required, Path + ".value",
                "What is studied, as valueCodeableConcept in words or with a coding.");
        foreach (var fault in OdhJob.PeriodFaults(education, today)) yield return fault;
        var reasons = IpsRules.InForceOn(today).EducationEndReasons;
        if (OdhJob.EndOf(education) is null)
        {
            if (education.GetExtension(EndReasonUrl) is not null)
                yield return Refusal.Issue(IssueType.Invariant, Place, "What goes on has no reason of its end.");
        }
        else if (reasons.All(reason => reason.Code != EndReasonOf(education)))
        {
            yield return Refusal.Issue(IssueType.CodeInvalid, Place,
                $"How it ended: one of {string.Join(", ", reasons.Select(reason => reason.Code))} of "
                + $"{EndReasonSystem}.");
        }
    }
}
