using System.Globalization;
using OccupationalHealth.Charts;
using OccupationalHealth.Placement;

namespace OccupationalHealth.Triage;

/// <summary>
/// A series of scores as a line over the days, with the bands behind it; every point has its number as text.
/// </summary>
internal static class ScoreChart
{
    private const int Width = 760, Height = 400, Left = 60, Right = 190, Top = 60, Bottom = 60;

    private static readonly Wording Empty = new("Ei pisteitä", "Inga poäng", "No scores");

    private static readonly Wording DependsOnGender =
        new("Luokka riippuu sukupuolesta", "Klassen beror på könet", "Band depends on gender");

    public static string Of(
        Instrument instrument, IReadOnlyList<ScorePoint> points, Gender? gender, Language language)
    {
        var title = instrument.Name.In(language);
        var spoken = points.Count == 0
            ? Empty.In(language)
            : string.Join("; ", points.Select(point => Spoken(instrument, point, gender, language)));
        var svg = new Svg(Width, Height, language, title, spoken);
        svg.Text(20, 34, title, size: 18);
        svg.Line(Left, Height - Bottom, Width - Right, Height - Bottom);
        svg.Line(Left, Top, Left, Height - Bottom);
        if (points.Count == 0)
        {
            svg.Text(Left + 20, Height / 2, Empty.In(language));
            return svg.ToString();
        }

        var last = points[^1].Day;
        foreach (var (atLeast, band) in ScoringPolicy.BandsOf(instrument, PlacementRules.InForceOn(last), gender))
        {
            var y = Y(atLeast, instrument);
            svg.Line(Left, y, Width - Right, y, dashed: true);
            svg.Text(Left - 8, y + 5, Number(atLeast), size: 12, anchor: "end");
            svg.Text(Width - Right + 8, y - 4, NameOf(band, language), size: 12);
        }

        var places = points
            .Select(point => (X: X(point.Day, points[0].Day, last), Y: Y(point.Total, instrument))).ToList();
        svg.Curve(places);
        foreach (var (point, place) in points.Zip(places))
        {
            svg.Dot(place.X, place.Y);
            svg.Text(place.X, place.Y - 10, Number(point.Total), anchor: "middle");
        }

        svg.Text(Left, Height - Bottom + 22, DayOf(points[0].Day, language), size: 12);
        if (last != points[0].Day)
            svg.Text(Width - Right, Height - Bottom + 22, DayOf(last, language), size: 12, anchor: "end");
        return svg.ToString();
    }

    private static string Spoken(Instrument instrument, ScorePoint point, Gender? gender, Language language) =>
        $"{DayOf(point.Day, language)}: {Number(point.Total)}"
        + string.Concat(ScoringPolicy.BandsOf(instrument, PlacementRules.InForceOn(point.Day), gender)
            .Where(band => point.Total >= band.AtLeast).TakeLast(1).Select(band => $", {NameOf(band.Band, language)}"));

    private static string NameOf(ScoreBand? band, Language language) =>
        (band is null ? DependsOnGender : Instruments.NameOfBand(band.Code)!).In(language);

    private static double X(DateOnly day, DateOnly first, DateOnly last) => first == last
        ? (Left + Width - Right) / 2.0
        : Left + 10 + ((double)(day.DayNumber - first.DayNumber) / (last.DayNumber - first.DayNumber)
            * (Width - Left - Right - 20));

    private static double Y(decimal total, Instrument instrument) =>
        Height - Bottom - ((double)total / instrument.Highest * (Height - Top - Bottom));

    private static string Number(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private static string DayOf(DateOnly day, Language language) =>
        day.ToString(language is Language.En ? "d MMMM yyyy" : "d.M.yyyy", CultureInfo.InvariantCulture);
}
