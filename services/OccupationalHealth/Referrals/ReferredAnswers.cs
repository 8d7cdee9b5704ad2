using Fhir;
using Messages;
using OccupationalHealth.Triage;
using ServiceKit.Messaging;
using ServiceKit.Storage;

namespace OccupationalHealth.Referrals;

/// <summary>
/// The questionnaires that come with a referral. They are stored as the person's, with the Observations that they come
/// to. What a sender sends again of one questionnaire and one time corrects what it sent before.
/// </summary>
internal sealed class ReferredAnswers(ReceivedMessage message, Session session, Filing filing, Referral referral)
{
    /// <summary>As they stand in the message, whatever their status.</summary>
    public IReadOnlyList<QuestionnaireResponse> Sent { get; } = [.. message.Bundle.All<QuestionnaireResponse>()];

    /// <summary>Takes what is corrected as the meaning of what was sent; the person is locked.</summary>
    public async Task FindCorrected()
    {
        if (Sent.Count == 0 || !filing.IsKnown(referral.Patient))
            return;
        var stored = (await session.Resources.FindByReference<QuestionnaireResponse>(
                message.Access, "subject", "Patient", filing.IdOf(referral.Patient)))
            .Where(other => other.Status is not QuestionnaireResponseStatus.EnteredInError
                && other.Meta?.Source == message.Header.Source?.Endpoint)
            .Reverse().ToList();
        foreach (var sent in Sent)
        {
            if (stored.Find(other => AreOfOneTime(other, sent)) is not { } corrected)
                continue;
            stored.Remove(corrected);
            filing.Keep(sent, corrected.Id!);
        }
    }

    /// <summary>Stores them; answers with the Observations of what they say now.</summary>
    public async Task<IReadOnlyList<Observation>> Store()
    {
        List<Observation> all = [];
        foreach (var sent in Sent)
        {
            var response = filing.Copy(sent);
            response.Subject = filing.ReferenceTo(referral.Patient);
            if (filing.IsKnown(sent))
                await session.Resources.Update(message.Access, response);
            else
                await session.Resources.Create(message.Access, response);
            var scores = DescribeScore.OfRecord(
                response, FinnishTime.DateOf(session.Now), PersonsGender.Of(referral.Patient));
            all.AddRange(await new ScoreObservations(session, message.Access).Replace(
                response, scores.Where(score => !IsTold(score))));
        }

        return all;
    }

    // The sender may tell the same score of the same day itself, beside the answers.
    private bool IsTold(Observation score) => referral.Observations.Any(told =>
        told.Code?.Has(score.Code!.Coding[0].System!, score.Code.Coding[0].Code!) == true
        && ScoreSeries.DayOf(told) is { } day && day == ScoreSeries.DayOf(score)
        && (ScoreSeries.TotalOf(told) is { } total
            ? total == ScoreSeries.TotalOf(score) : told.Value?.DeepEquals(score.Value) == true));

    private static bool AreOfOneTime(QuestionnaireResponse one, QuestionnaireResponse other) =>
        DateInterval.Of(one.AuthoredElement) is { } time && time == DateInterval.Of(other.AuthoredElement)
        && QuestionnaireOf(one) == QuestionnaireOf(other);

    // What names none is told by its questions.
    private static string QuestionnaireOf(QuestionnaireResponse response) => response.Questionnaire?.Split('|')[0]
        ?? string.Join(' ', response.Item.Select(item => item.LinkId).Order(StringComparer.Ordinal));
}
