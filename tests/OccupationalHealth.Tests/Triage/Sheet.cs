using Fhir;
using OccupationalHealth.Triage;

namespace OccupationalHealth.Tests.Triage;

/// <summary>Answers to an instrument, as a client sends them.</summary>
internal static class Sheet
{
    public static Instrument Instrument(string code) => Instruments.All.Single(known => known.Code == code);

    /// <summary>The scores in the order of the items; null leaves an item out.</summary>
    public static QuestionnaireResponse Of(string instrument, params IReadOnlyList<int?> scores)
    {
        var known = Instrument(instrument);
        var response = new QuestionnaireResponse
        {
            Status = QuestionnaireResponseStatus.Completed,
            Questionnaire = known.Url,
            Authored = "2026-11-20",
        };
        foreach (var (item, score) in known.Scored.Zip(scores))
            if (score is not null)
                response.Item.Add(Answer(item.LinkId, new Integer(score)));
        return response;
    }

    public static QuestionnaireResponse Of(this QuestionnaireResponse response, string patient, string? author = null)
    {
        response.Subject = new ResourceReference($"Patient/{patient}");
        response.Author = author is null ? null : new ResourceReference(author);
        return response;
    }

    public static QuestionnaireResponse.ItemComponent Answer(string link, DataType value) => new()
    {
        LinkId = link, Answer = [new QuestionnaireResponse.AnswerComponent { Value = value }],
    };
}
