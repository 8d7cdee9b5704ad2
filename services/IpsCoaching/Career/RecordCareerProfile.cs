using Fhir;
using IpsCoaching.Cases;
using IpsCoaching.EmploymentStatus;
using Messages;
using ServiceKit.Rest;

namespace IpsCoaching.Career;

/// <summary>A career profile, or its update after a job, by REST.</summary>
public sealed class RecordCareerProfile : IWriteRule<QuestionnaireResponse>
{
    private const string Path = "QuestionnaireResponse";

    public async Task<Refusal?> Check(Write<QuestionnaireResponse> write, CancellationToken cancel)
    {
        var profile = write.Proposed;
        if (write.Current is { } current)
            return CaseFact.WithdrawalFault(
                profile, current, one => one.Status = QuestionnaireResponseStatus.EnteredInError) is { } fault
                ? Refusal.BadRequest(fault) : null;
        var fact = new CaseFact(
            (profile.Subject, Path + ".subject"), (profile.AuthoredElement, Path + ".authored"),
            (profile.Author, Path + ".author"));
        return await fact.Check(
            write.Session, write.Access, [.. HeadFaults(profile), .. ItemFaults(profile), .. await JobFaults(write)]);
    }

    private static IEnumerable<FhirIssue> HeadFaults(QuestionnaireResponse profile)
    {
        if (!CareerProfile.Is(profile))
            yield return Refusal.Issue(IssueType.CodeInvalid, Path + ".questionnaire",
                $"What is recorded here is {CareerProfile.Questionnaire}.");
        if (profile.Status is not null and not QuestionnaireResponseStatus.Completed)
            yield return Refusal.Issue(IssueType.Value, Path + ".status", "A profile is completed.");
    }

    private static IEnumerable<FhirIssue> ItemFaults(QuestionnaireResponse profile)
    {
        var parts = CareerProfile.Parts.Select(part => part.Code).ToList();
        if (profile.Item.Count == 0)
            yield return Refusal.Issue(IssueType.Required, Path + ".item",
                $"At least one of {string.Join(", ", parts)}.");
        for (var i = 0; i < profile.Item.Count; i++)
        {
            var item = profile.Item[i];
            if (!parts.Contains(item.LinkId ?? "", StringComparer.Ordinal))
                yield return Refusal.Issue(IssueType.CodeInvalid, $"{Path}.item[{i}].linkId",
                    $"One of {string.Join(", ", parts)}.");
            else if (profile.Item.FindIndex(other => other.LinkId == item.LinkId) < i)
                yield return Refusal.Issue(IssueType.Value, $"{Path}.item[{i}].linkId", "Each part stands once.");
            if (item.Answer.Count == 0
                || item.Answer.Exists(answer => answer.Value is not FhirString { Value.Length: > 0 }))
                yield return Refusal.Issue(IssueType.Required, $"{Path}.item[{i}].answer", "In words, as valueString.");
        }
    }

    private static async Task<IReadOnlyList<FhirIssue>> JobFaults(Write<QuestionnaireResponse> write)
    {
        List<FhirIssue> faults = [];
        var (person, _) = await KnownPersons.Named(
            write.Session, write.Access, write.Proposed.Subject, Path + ".subject");
        for (var i = 0; i < write.Proposed.PartOf.Count; i++)
        {
            var job = await CoachingCases.Follow<Observation>(
                write.Session, write.Access, write.Proposed.PartOf[i]);
            if (job?.Code?.Has(Systems.Loinc, OdhJob.Code) != true
                || job.Status is ObservationStatus.EnteredInError
                || job.Subject?.Reference != $"Patient/{person?.Id}")
                faults.Add(Refusal.Issue(IssueType.NotFound, $"{Path}.partOf[{i}]", "A job of this person."));
        }

        return faults;
    }
}
