using Fhir;
using IpsCoaching.Cases;
using IpsCoaching.Figures;
using Messages;

namespace IpsCoaching.Outcomes;

/// <summary>
/// How a client finds that life is, as an Observation: one of three questions in <c>code</c>, the answer from 1 (very
/// badly) to 5 (very well) in <c>valueInteger</c>, the day in <c>effectiveDateTime</c>, who wrote it down in
/// <c>performer</c>. Source: wellbeing, inclusion and own finances are outcomes of IPS too (seed 003); questions, scale
/// and codes are ours.
/// </summary>
internal static class OwnView
{
    public const int Least = 1, Most = 5;

    public static readonly string SystemUrl = Canonicals.CodeSystem("ips-own-view");

    public static IReadOnlyList<TranslatedName> Questions { get; } =
    [
        new("wellbeing", "Miten voit tällä hetkellä?", "Hur mår du just nu?", "How are you at present?"),
        new("inclusion", "Miten hyvin koet kuuluvasi joukkoon?", "Hur väl känner du att du hör till?",
            "How well do you feel that you belong?"),
        new("finances", "Miten tulet toimeen rahoillasi?", "Hur klarar du dig med dina pengar?",
            "How do you manage with your money?"),
    ];

    public static bool Is(Observation observation) =>
        observation.Code?.Coding.Exists(coding => coding.System == SystemUrl) == true;

    /// <summary>Which question it answers; null where it is none of ours or several at once.</summary>
    public static string? QuestionOf(Observation observation)
    {
        var codes = observation.Code?.Coding.Where(coding => coding.System == SystemUrl)
            .Select(coding => coding.Code).ToList() ?? [];
        return codes is [{ } code] && Questions.Any(question => question.Code == code) ? code : null;
    }

    public static ViewRecord? Read(Observation observation) =>
        QuestionOf(observation) is { } question
        && FinnishTime.DayOf(observation.Effective as FhirDateTime) is { } day
        && observation.Value is Integer { Value: { } score }
            ? new ViewRecord(question, day, score)
            : null;
}
