using Fhir;
using OccupationalHealth.Placement;
using OccupationalHealth.Triage;

namespace OccupationalHealth.Referrals;

/// <summary>
/// Reads scores from a referral, as totals or from the answers themselves. A referral is not refused for its answers:
/// what has no clear total gives none.
/// </summary>
internal static class ReadScores
{
    /// <summary>The totals that were given, or that follow from a complete set of answers.</summary>
    public static IReadOnlyList<InstrumentScore> Of(Referral referral, PlacementRules rules)
    {
        List<InstrumentScore> scores = [];
        foreach (var instrument in Instruments.All.Where(instrument => instrument.HasTotal))
        {
            scores.AddRange(Numbers(referral.Observations, instrument.TotalSystem, instrument.TotalCode)
                .Where(total => total >= 0 && total <= instrument.Highest).Select(total => new InstrumentScore(instrument.Code, total)));
            scores.AddRange(referral.Answers
                .Select(response => ScoringPolicy.Score(instrument, Answers.Read(instrument, response), rules).Total)
                .OfType<int>().Select(total => new InstrumentScore(instrument.Code, total)));
        }

        return scores;
    }

    /// <summary>An answer above 0 to the item about self-harm, in a questionnaire or by itself.</summary>
    public static bool RaiseSafetyFlag(Referral referral) => Instruments.All
        .Where(instrument => instrument.SafetyItem is not null)
        .Any(instrument =>
            referral.Answers.Any(response => Answers.Read(instrument, response).RaiseSafetyFlag)
            || Numbers(referral.Observations, Messages.Systems.Loinc, instrument.SafetyItem!, instrument)
                .Any(answer => answer > 0));

    /// <summary>What the navigator's own question says of a crisis.</summary>
    public static bool TellOfCrisis(Referral referral) => Instruments.All
        .Where(instrument => !instrument.HasTotal)
        .Any(instrument => referral.Answers.Any(response =>
            Answers.Read(instrument, response).Booleans.GetValueOrDefault("acute-crisis")));

    private static IEnumerable<int> Numbers(
        IEnumerable<Observation> observations, string system, string code, Instrument? answered = null) => observations
        .Where(observation => observation.Code?.Has(system, code) == true)
        .Select(observation => observation.Value switch
        {
            Integer integer => integer.Value,
            Quantity { Value: >= 0 and <= 1000 and { } value } when value == decimal.Truncate(value) => (int)value,
            CodeableConcept concept when answered is not null => concept.Coding
                .Select(answered.ScoreOf).FirstOrDefault(score => score is not null),
            _ => null,
        })
        .OfType<int>();
}
