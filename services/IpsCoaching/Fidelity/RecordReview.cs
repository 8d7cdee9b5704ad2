using Fhir;
using IpsCoaching.Career;
using IpsCoaching.Cases;
using Messages;
using ServiceKit.Rest;

namespace IpsCoaching.Fidelity;

/// <summary>A QuestionnaireResponse by REST is a review of fidelity or, whatever else it says, a career profile.</summary>
public sealed class QuestionnaireResponseRule : IWriteRule<QuestionnaireResponse>
{
    public Task<Refusal?> Check(Write<QuestionnaireResponse> write, CancellationToken cancel) =>
        FidelityReview.Is(write.Current ?? write.Proposed)
            ? RecordReview.Check(write)
            : new RecordCareerProfile().Check(write, cancel);
}

/// <summary>A reviewer's scores by REST; an update amends them, and the former version stays in the history.</summary>
internal static class RecordReview
{
    private const string Path = "QuestionnaireResponse";

    public static async Task<Refusal?> Check(Write<QuestionnaireResponse> write)
    {
        var (review, today) = (write.Proposed, FinnishTime.DateOf(write.Session.Now));
        List<FhirIssue> faults =
        [
            .. HeadFaults(review, write.Current, today), .. PeriodFaults(FidelityReview.PeriodOf(review), today),
            .. ItemFaults(review), .. await PartyFaults(write),
        ];
        return faults.Count > 0 ? Refusal.BadRequest(faults) : null;
    }

    private static IEnumerable<FhirIssue> HeadFaults(
        QuestionnaireResponse review, QuestionnaireResponse? current, DateOnly today)
    {
        QuestionnaireResponseStatus?[] legal = current is null
            ? [QuestionnaireResponseStatus.Completed]
            : [QuestionnaireResponseStatus.Amended, QuestionnaireResponseStatus.EnteredInError];
        if (current?.Status is QuestionnaireResponseStatus.EnteredInError)
            yield return Refusal.Issue(IssueType.BusinessRule, Path + ".status",
                "What was entered in error stays so: enter the right review anew.");
        else if (review.Status is not null && !legal.Contains(review.Status))
            yield return Refusal.Issue(IssueType.Value, Path + ".status",
                "A new review is completed, a changed one amended or entered-in-error.");
        if (FinnishTime.DayOf(review.AuthoredElement) is not { } day)
            yield return Refusal.Issue(IssueType.Required, Path + ".authored", "The day of the review.");
        else if (day > today)
            yield return Refusal.Issue(IssueType.Value, Path + ".authored", "The day is not in the future.");
        if (current is null) yield break;
        if (review.Questionnaire != current.Questionnaire)
            yield return Refusal.Issue(IssueType.BusinessRule, Path + ".questionnaire", "A review stays a review.");
        if (review.Subject?.Reference != current.Subject?.Reference)
            yield return Refusal.Issue(IssueType.BusinessRule, Path + ".subject", "A review stays with its unit.");
        if (review.Author?.Reference != current.Author?.Reference)
            yield return Refusal.Issue(IssueType.BusinessRule, Path + ".author",
                "Each reviewer answers for a review of their own.");
    }

    private static IEnumerable<FhirIssue> PeriodFaults(Period? period, DateOnly today)
    {
        const string Place = Path + ".extension('ips-review-period')";
        var (from, to) = (FinnishTime.DayOf(period?.StartElement), FinnishTime.DayOf(period?.EndElement));
        if (from is null || to is null)
            yield return Refusal.Issue(IssueType.Required, Place, "The first and the last day that were reviewed.");
        else if (to < from || to > today)
            yield return Refusal.Issue(IssueType.Value, Place, "It ends neither before it starts nor in the future.");
    }

    private static IEnumerable<FhirIssue> ItemFaults(QuestionnaireResponse review)
    {
        if (review.Item.Count == 0)
            yield return Refusal.Issue(IssueType.Required, Path + ".item", "At least one item with its score.");
        for (var i = 0; i < review.Item.Count; i++)
        {
            var (item, path) = (review.Item[i], $"{Path}.item[{i}]");
            if (FidelityItems.All.All(known => known.Code != item.LinkId))
                yield return Refusal.Issue(IssueType.CodeInvalid, path + ".linkId", "The number of an item, 1 to 25.");
            else if (review.Item.FindIndex(other => other.LinkId == item.LinkId) < i)
                yield return Refusal.Issue(IssueType.Value, path + ".linkId", "Each item stands once.");
            if (item.Answer is not [{ Value: Integer { Value: >= 1 and <= 5 } }])
                yield return Refusal.Issue(IssueType.Value, path + ".answer", "One valueInteger from 1 to 5.");
            if (item.Answer is not [{ Item: [{ LinkId: FidelityReview.Rationale, Answer: [{ Value: FhirString text }] }] }]
                || string.IsNullOrWhiteSpace(text.Value))
                yield return Refusal.Issue(IssueType.Required, path + ".answer.item",
                    $"Why: one item {FidelityReview.Rationale} with a valueString.");
        }
    }

    private static async Task<IReadOnlyList<FhirIssue>> PartyFaults(Write<QuestionnaireResponse> write)
    {
        var (review, session, access) = (write.Proposed, write.Session, write.Access);
        List<FhirIssue> faults = [];
        if (await CoachingCases.Follow<Organization>(session, access, review.Subject) is null)
            faults.Add(Refusal.Issue(IssueType.NotFound, Path + ".subject", "The unit, an Organization of this base."));
        if (!await CoachingCases.IsProfessional(session, access, review.Author))
            faults.Add(Refusal.Issue(IssueType.NotFound, Path + ".author",
                "The reviewer, a PractitionerRole or Practitioner of this base."));
        else if (string.IsNullOrWhiteSpace(review.Author!.Display))
            faults.Add(Refusal.Issue(IssueType.Required, Path + ".author.display", "The reviewer's name."));
        return faults;
    }
}
