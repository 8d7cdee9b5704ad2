using Fhir;
using Messages;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Referrals;

/// <summary>
/// Reads scores, as totals or from the answers themselves. LOINC codes of PHQ-9, GAD-7 and AUDIT were read in LOINC.
/// </summary>
internal static class Instruments
{
    /// <summary>PHQ-9 item 9, thoughts of self-harm: above 0 it raises the safety flag whatever the total.</summary>
    private const string SelfHarmItem = "44260-8";

    private static readonly (string Name, string Total, string[] Items)[] All =
    [
        ("phq-9", "44261-6",
        [
            "44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", SelfHarmItem,
        ]),
        ("gad-7", "70274-6", ["69725-0", "68509-9", "69733-4", "69734-2", "69735-9", "69689-8", "69736-7"]),
        ("audit", "75624-7", []), // as a total: no reliable codes of its items were found
    ];

    private static readonly Dictionary<string, int> AnswerCodes = new(StringComparer.Ordinal)
    {
        ["LA6568-5"] = 0, ["LA6569-3"] = 1, ["LA6570-1"] = 2, ["LA6571-9"] = 3,
    };

    /// <summary>The totals that were given, or that follow from a complete set of answers.</summary>
    public static IReadOnlyList<InstrumentScore> Scores(Referral referral)
    {
        List<InstrumentScore> scores = [];
        foreach (var (name, total, items) in All)
        {
            scores.AddRange(Numbers(referral.Observations, total).Select(n => new InstrumentScore(name, n)));
            foreach (var answers in referral.Answers.Select(Answered))
                if (items.Length > 0 && items.All(answers.ContainsKey))
                    scores.Add(new InstrumentScore(name, items.Sum(item => answers[item])));
        }

        return scores;
    }

    public static bool RaiseSafetyFlag(Referral referral) =>
        Numbers(referral.Observations, SelfHarmItem)
            .Concat(referral.Answers.Select(Answered).Select(a => a.GetValueOrDefault(SelfHarmItem)))
            .Any(answer => answer > 0);

    private static IEnumerable<int> Numbers(IEnumerable<Observation> observations, string loinc) => observations
        .Where(observation => observation.Code?.Has(Systems.Loinc, loinc) == true)
        .Select(observation => observation.Value switch
        {
            Integer integer => integer.Value,
            Quantity { Value: { } value } => (int)value,
            CodeableConcept concept => concept.Coding.Select(FromCode).FirstOrDefault(n => n is not null),
            _ => null,
        })
        .OfType<int>();

    private static Dictionary<string, int> Answered(QuestionnaireResponse response)
    {
        Dictionary<string, int> answers = new(StringComparer.Ordinal);
        foreach (var item in Flat(response.Item))
            if (item.LinkId is { } link && Number(item.Answer.FirstOrDefault()?.Value) is { } number)
                answers[link] = number;
        return answers;
    }

    private static IEnumerable<QuestionnaireResponse.ItemComponent> Flat(
        IEnumerable<QuestionnaireResponse.ItemComponent> items) =>
        items.SelectMany(item => Flat(item.Item).Prepend(item));

    private static int? Number(DataType? value) => value switch
    {
        Integer integer => integer.Value,
        FhirDecimal { Value: { } number } => (int)number,
        Coding coding => FromCode(coding),
        _ => null,
    };

    private static int? FromCode(Coding coding) =>
        coding is { System: Systems.Loinc, Code: { } code } && AnswerCodes.TryGetValue(code, out var n) ? n : null;
}
