using Fhir;
using Messages;
using OccupationalHealth.Placement;
using ServiceKit.Storage;

namespace OccupationalHealth.Triage;

/// <summary>One score of a series.</summary>
public sealed record ScorePoint(DateOnly Day, decimal Total, ScoreBand? Band, Observation Observation);

/// <summary>A person's totals of one instrument, session by session, the oldest first.</summary>
internal static class ScoreSeries
{
    public static async Task<IReadOnlyList<ScorePoint>> Read(
        Session session, Access access, Patient patient, Instrument instrument) =>
        Order(instrument, PersonsGender.Of(patient), await session.Resources.FindAll<Observation>(access,
            new SearchClause.Reference("patient", [new TokenValue("Patient", patient.Id)]),
            new SearchClause.Token("code", [new TokenValue(instrument.TotalSystem, instrument.TotalCode)])));

    /// <summary>Those that count and tell their day; each in the band that was in force on it.</summary>
    public static IReadOnlyList<ScorePoint> Order(
        Instrument instrument, Gender? gender, IEnumerable<Observation> observations) =>
        [.. observations.Select(observation => PointOf(instrument, gender, observation)).OfType<ScorePoint>()
            .OrderBy(point => point.Day).ThenBy(point => point.Observation.Id, StringComparer.Ordinal)];

    private static ScorePoint? PointOf(Instrument instrument, Gender? gender, Observation observation) =>
        TotalOf(observation) is { } score && DayOf(observation) is { } on
            && observation.Status is ObservationStatus.Final or ObservationStatus.Amended or ObservationStatus.Corrected
            ? new ScorePoint(on, score,
                ScoringPolicy.BandOf(instrument, (int)score, PlacementRules.InForceOn(on), gender), observation)
            : null;

    public static decimal? TotalOf(Observation observation) => observation.Value switch
    {
        Quantity quantity => quantity.Value,
        Integer integer => integer.Value,
        _ => null,
    };

    /// <summary>The day of a score; null where it is not told to the day.</summary>
    public static DateOnly? DayOf(Observation observation) => FinnishTime.DayOf(TimeOf(observation));

    public static FhirDateTime? TimeOf(Observation observation) => observation.Effective switch
    {
        FhirDateTime time => time,
        Instant { Value: { } moment } => new FhirDateTime(moment),
        Period period => period.StartElement,
        _ => null,
    };
}
