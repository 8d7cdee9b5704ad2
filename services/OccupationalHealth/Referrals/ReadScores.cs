using Fhir;
using Messages;
using OccupationalHealth.Placement;
using OccupationalHealth.Triage;

namespace OccupationalHealth.Referrals;

/// <summary>
/// Reads scores from a referral, as totals or from the answers themselves. A referral is not refused for its answers:
/// what has no clear total gives none.
/// </summary>
internal static class ReadScores
{
    /// <summary>The newest totals that were given, or that follow from a complete set of answers.</summary>
    public static IReadOnlyList<InstrumentScore> Of(Referral referral, DateOnly asOf, PlacementRules rules) =>
    [
        .. Instruments.All.Where(instrument => instrument.HasTotal).SelectMany(instrument =>
            Newest(Told(instrument, referral, rules), asOf)
                .Select(total => new InstrumentScore(instrument.Code, total))),
    ];

    private static IEnumerable<Total> Told(Instrument instrument, Referral referral, PlacementRules rules)
    {
        foreach (var observation in referral.Observations)
            if (Number(observation, instrument.TotalSystem, instrument.TotalCode) is >= 0 and { } total
                && total <= instrument.Highest)
                yield return Total.Of(total, ScoreSeries.TimeOf(observation));
        foreach (var response in referral.Answers.Where(Answers.AreGiven))
            if (ScoringPolicy.Score(instrument, Answers.Read(instrument, response), rules).Total is { } total)
                yield return Total.Of(total, response.AuthoredElement);
    }

    // What is older than another is the past, and a day to come tells nothing. Where the days leave open which of them
    // is the newest, all stay, and the policy takes the worst.
    private static IEnumerable<int> Newest(IEnumerable<Total> told, DateOnly asOf)
    {
        var known = told.Where(total => total.Earliest <= asOf).ToList();
        return known.Where(total => known.TrueForAll(other => other.Earliest <= total.Latest))
            .Select(total => total.Value).Distinct();
    }

    /// <summary>An answer above 0 to the item about self-harm, in a questionnaire or by itself.</summary>
    public static bool RaiseSafetyFlag(Referral referral) => Instruments.All
        .Where(instrument => instrument.SafetyItem is not null)
        .Any(instrument =>
            referral.Answers.Any(response => Answers.Read(instrument, response).RaiseSafetyFlag)
            || referral.Observations.Any(observation =>
                Number(observation, Systems.Loinc, instrument.SafetyItem!, instrument) > 0));

    /// <summary>What the navigator's own question says of a crisis.</summary>
    public static bool TellOfCrisis(Referral referral) => Instruments.All
        .Where(instrument => !instrument.HasTotal)
        .Any(instrument => referral.Answers.Any(response =>
            Answers.Read(instrument, response).Booleans.GetValueOrDefault("acute-crisis")));

    private static int? Number(Observation observation, string system, string code, Instrument? answered = null) =>
        observation.Code?.Has(system, code) != true ? null : observation.Value switch
        {
            Integer integer => integer.Value,
            Quantity { Value: >= 0 and <= 1000 and { } value } when value == decimal.Truncate(value) => (int)value,
            CodeableConcept concept when answered is not null => concept.Coding
                .Select(answered.ScoreOf).FirstOrDefault(score => score is not null),
            _ => null,
        };

    // A month is all of its days, and what has no date may be of any.
    private readonly record struct Total(int Value, DateOnly Earliest, DateOnly Latest)
    {
        public static Total Of(int value, FhirDateTime? time) => new(
            value, FinnishTime.DateOf(time) ?? DateOnly.MinValue, FinnishTime.LastDateOf(time) ?? DateOnly.MaxValue);
    }
}
