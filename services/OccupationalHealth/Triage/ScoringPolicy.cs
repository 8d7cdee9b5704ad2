using OccupationalHealth.Placement;

namespace OccupationalHealth.Triage;

/// <summary>What the answers to an instrument come to.</summary>
/// <param name="Total">Null where an answer is missing, or where the instrument has no total.</param>
/// <param name="Band">Null without a total, or where no source tells bands.</param>
public sealed record Score(Instrument Instrument, int? Total, ScoreBand? Band, bool RaisesSafetyFlag);

/// <summary>Scores answers. No I/O, no clock: the bands are those of the day's rules.</summary>
public static class ScoringPolicy
{
    // A gap is never filled: no source of these instruments here tells how.
    public static Score Score(
        Instrument instrument, Answers answers, PlacementRules rules, Gender? gender = null)
    {
        int? total = instrument.HasTotal && answers.Missing.Count == 0
            ? instrument.Scored.Sum(item => answers.Scores[item.LinkId]) * instrument.Factor
            : null;
        return new Score(instrument, total, BandOf(instrument, total, rules, gender), answers.RaiseSafetyFlag);
    }

    // Where the gender is not known, a total has a band only if it is that of women and of men.
    public static ScoreBand? BandOf(
        Instrument instrument, int? total, PlacementRules rules, Gender? gender = null)
    {
        if (total is null)
            return null;
        var reached = Possible(gender).Select(one =>
                rules.BandsOf(instrument.Code, one).LastOrDefault(band => total >= band.AtLeast))
            .DistinctBy(band => band?.Code).ToList();
        return reached is [var band] ? band : null;
    }

    /// <summary>From which total on which band holds, the lowest first; null where it depends on the gender.</summary>
    public static IReadOnlyList<(int AtLeast, ScoreBand? Band)> BandsOf(
        Instrument instrument, PlacementRules rules, Gender? gender) =>
        [.. Possible(gender).SelectMany(one => rules.BandsOf(instrument.Code, one)).Select(band => band.AtLeast)
            .Distinct().Order().Select(atLeast => (atLeast, BandOf(instrument, atLeast, rules, gender)))];

    private static Gender[] Possible(Gender? gender) => gender is { } known ? [known] : Enum.GetValues<Gender>();
}
