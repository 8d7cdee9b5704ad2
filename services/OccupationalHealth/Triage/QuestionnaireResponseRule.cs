using Fhir;
using Messages;
using OccupationalHealth.Placement;
using ServiceKit.Rest;
using ServiceKit.Storage;

namespace OccupationalHealth.Triage;

/// <summary>
/// A person's answers. They are scored as they are stored: the total becomes an Observation of the series, and an
/// answer that tells of self-harm opens a review the same day, whether or not there is a total.
/// </summary>
public sealed class QuestionnaireResponseRule : IWriteRule<QuestionnaireResponse>
{
    private const string Path = "QuestionnaireResponse";

    public async Task<Refusal?> Check(Write<QuestionnaireResponse> write, CancellationToken cancel)
    {
        var (session, access, response) = (write.Session, write.Access, write.Proposed);
        var today = FinnishTime.DateOf(session.Now);
        var (_, answers, read) = ScoreResponse.Read(response);
        List<FhirIssue> faults = [.. read, .. Faults(response, write.Current, today)];
        var receiver = await ReviewReceiver.Of(session, access, response);
        faults.AddRange(receiver.Faults);
        if (faults.Count > 0)
            return Refusal.BadRequest(faults);

        await session.Lock(access, "Patient", receiver.Patient);
        await new ScoreObservations(session, access).Replace(response, DescribeScore.OfRecord(
            response, today, await PersonsGender.Of(session, access, response)));
        if (answers!.RaiseSafetyFlag && response.Status is not QuestionnaireResponseStatus.EnteredInError)
            await new SafetyReviews(session, access).OpenFor(response, receiver);
        return null;
    }

    private static IEnumerable<FhirIssue> Faults(
        QuestionnaireResponse response, QuestionnaireResponse? current, DateOnly today)
    {
        if (FinnishTime.DayOf(response.AuthoredElement) is not { } day)
            yield return Refusal.Issue(
                IssueType.Required, $"{Path}.authored", "It tells on which day it was answered.");
        else if (day > today)
            yield return Refusal.Issue(IssueType.Value, $"{Path}.authored", "Answers are not of a day to come.");
        if (current is null)
            yield break;
        if (current.Status is QuestionnaireResponseStatus.EnteredInError)
            yield return Refusal.Issue(IssueType.BusinessRule, $"{Path}.status", "What was withdrawn stays so.");
        if (current.Subject?.Reference != response.Subject?.Reference)
            yield return Refusal.Issue(IssueType.BusinessRule, $"{Path}.subject", "The person stays the same.");
        if (current.Questionnaire != response.Questionnaire)
            yield return Refusal.Issue(
                IssueType.BusinessRule, $"{Path}.questionnaire", "The questionnaire stays the same.");
    }
}
