namespace Fhir.Path.Values;

/// <summary>Dates moved by calendar durations, http://hl7.org/fhirpath/N1/#datetime-arithmetic</summary>
internal static class DateArithmetic
{
    private const int DaysOfMonth = 30;
    private const int DaysOfYear = 365;

    /// <summary>
    /// Null when the result leaves the years 1 to 9999. A time of day goes round the clock.
    /// </summary>
    /// <exception cref="FhirPathException">The unit is no duration, or UCUM's year or month (`'a'`, `'mo'`).</exception>
    public static PathDate? Add(PathDate date, PathQuantity amount)
    {
        var unit = CalendarUnits.Singular(amount.Unit) ?? CalendarUnits.OfUcum(amount.Unit)
            ?? throw new FhirPathException("A date cannot be moved by this unit.");
        // Only seconds have a fraction.
        var value = unit == "second" ? amount.Value : decimal.Truncate(amount.Value);
        try
        {
            return date.IsTime
                ? date with { Local = new(Around(date.Local.Ticks + Ticks(unit, value))) }
                : date with { Local = Moved(date, unit, value) };
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static long Around(long ticks)
    {
        var rest = ticks % TimeSpan.TicksPerDay;
        return rest < 0 ? rest + TimeSpan.TicksPerDay : rest;
    }

    private static DateTime Moved(PathDate date, string unit, decimal value)
    {
        switch (unit)
        {
            case CalendarUnits.Year: return date.Local.AddYears((int)value);
            case CalendarUnits.Month when date.Precision == PathPrecision.Year:
                return date.Local.AddYears((int)decimal.Truncate(value / 12));
            case CalendarUnits.Month: return date.Local.AddMonths((int)value);
        }
        var days = (decimal)Ticks(unit, value) / TimeSpan.TicksPerDay;
        return date.Precision switch
        {
            PathPrecision.Year => date.Local.AddYears((int)decimal.Truncate(days / DaysOfYear)),
            PathPrecision.Month => date.Local.AddMonths((int)decimal.Truncate(days / DaysOfMonth)),
            PathPrecision.Day => date.Local.AddDays((double)decimal.Truncate(days)),
            PathPrecision.Hour => date.Local.AddHours((double)decimal.Truncate(days * 24)),
            PathPrecision.Minute => date.Local.AddMinutes((double)decimal.Truncate(days * 24 * 60)),
            PathPrecision.Second =>
                date.Local.AddTicks(Ticks(unit, value) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond),
            _ => date.Local.AddTicks(Ticks(unit, value)),
        };
    }

    private static long Ticks(string unit, decimal value) => (long)(value * unit switch
    {
        CalendarUnits.Year => DaysOfYear * TimeSpan.TicksPerDay,
        CalendarUnits.Month => DaysOfMonth * TimeSpan.TicksPerDay,
        "week" => 7 * TimeSpan.TicksPerDay,
        "day" => TimeSpan.TicksPerDay,
        "hour" => TimeSpan.TicksPerHour,
        "minute" => TimeSpan.TicksPerMinute,
        "second" => TimeSpan.TicksPerSecond,
        _ => TimeSpan.TicksPerMillisecond,
    });
}
