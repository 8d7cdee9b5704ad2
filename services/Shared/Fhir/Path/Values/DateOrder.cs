namespace Fhir.Path.Values;

/// <summary>
/// Dates among each other, http://hl7.org/fhirpath/N1/#datetime-equality: field by field as far as both go; what is
/// equal so far and not equally precise is undecided. Seconds and their fraction are one field.
/// </summary>
internal static class DateOrder
{
    // The zones of the Earth.
    private static readonly TimeSpan MostEastern = TimeSpan.FromHours(14);
    private static readonly TimeSpan MostWestern = TimeSpan.FromHours(-12);

    public static bool? AreEqual(PathDate a, PathDate b) => Compare(a, b) is { } order ? order == 0 : null;

    /// <summary>Equal and equally precise.</summary>
    public static bool AreEquivalent(PathDate a, PathDate b) =>
        a.IsTime == b.IsTime && Field(a) == Field(b) && a.Offset.HasValue == b.Offset.HasValue && Compare(a, b) == 0;

    /// <summary>Null when undecided. Both must be times of day, or neither.</summary>
    public static int? Compare(PathDate a, PathDate b)
    {
        if (a.Offset.HasValue != b.Offset.HasValue) return CompareAcrossZones(a, b);
        var field = Field(a) < Field(b) ? Field(a) : Field(b);
        var order = Cut(Utc(a), field).CompareTo(Cut(Utc(b), field));
        return order != 0 || Field(a) == Field(b) ? order : null;
    }

    /// <summary>The first moment after all that the value may mean, on its own clock.</summary>
    public static DateTime End(PathDate date)
    {
        var start = date.Local;
        try
        {
            return date.Precision switch
            {
                PathPrecision.Year => start.AddYears(1),
                PathPrecision.Month => start.AddMonths(1),
                PathPrecision.Day => start.AddDays(1),
                PathPrecision.Hour => start.AddHours(1),
                PathPrecision.Minute => start.AddMinutes(1),
                PathPrecision.Second => start.AddSeconds(1),
                _ => start.AddTicks(TimeSpan.TicksPerSecond / (long)Math.Pow(10, date.FractionDigits)),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return DateTime.MaxValue;
        }
    }

    // A value without a zone may be anywhere on Earth, so it decides only when every zone gives the same answer.
    private static int? CompareAcrossZones(PathDate a, PathDate b)
    {
        if (a.Offset is null) return -CompareAcrossZones(b, a);
        var (start, end) = (Shift(a.Local, a.Offset.Value), Shift(End(a), a.Offset.Value));
        if (end <= Shift(b.Local, MostEastern)) return -1;
        return start >= Shift(End(b), MostWestern) ? 1 : null;
    }

    private static PathPrecision Field(PathDate date) =>
        date.Precision == PathPrecision.Millisecond ? PathPrecision.Second : date.Precision;

    private static DateTime Utc(PathDate date) => date.Offset is { } offset ? Shift(date.Local, offset) : date.Local;

    private static DateTime Shift(DateTime local, TimeSpan offset) =>
        new(Math.Clamp(local.Ticks - offset.Ticks, 0, DateTime.MaxValue.Ticks));

    /// <summary>Without what is finer than the field; a time keeps its fraction of a second.</summary>
    public static DateTime Cut(DateTime time, PathPrecision field) => field switch
    {
        PathPrecision.Year => new(time.Year, 1, 1),
        PathPrecision.Month => new(time.Year, time.Month, 1),
        PathPrecision.Day => time.Date,
        PathPrecision.Hour => time.Date.AddHours(time.Hour),
        PathPrecision.Minute => time.Date.AddMinutes(time.Hour * 60 + time.Minute),
        _ => time,
    };
}
