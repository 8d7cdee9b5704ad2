namespace OccupationalHealth.WorkAbility;

/// <summary>
/// Public holidays of Finland, as they are since 1992: the holy days of the Church Act, Independence Day (388/1937) and
/// May Day (272/1944) [K]. Christmas Eve and Midsummer Eve are weekdays by law.
/// </summary>
public static class FinnishHolidays
{
    /// <summary>Monday to Saturday, and no public holiday: what Kela counts as a weekday.</summary>
    public static bool IsWeekday(DateOnly day) => day.DayOfWeek is not DayOfWeek.Sunday && !IsHoliday(day);

    public static bool IsHoliday(DateOnly day) =>
        (day.Month, day.Day) is (1, 1) or (1, 6) or (5, 1) or (12, 6) or (12, 25) or (12, 26)
        || (day.DayNumber - Easter(day.Year).DayNumber) is -2 or 0 or 1 or 39 or 49
        // Midsummer Day and All Saints' Day: the Saturday of 20 to 26 June and of 31 October to 6 November.
        || (day.DayOfWeek is DayOfWeek.Saturday
            && (day is { Month: 6, Day: >= 20 and <= 26 } or { Month: 10, Day: 31 } or { Month: 11, Day: <= 6 }));

    /// <summary>
    /// Easter Sunday of the Gregorian calendar: the anonymous algorithm, J. Meeus, Astronomical Algorithms (1991), ch. 8.
    /// </summary>
    public static DateOnly Easter(int year)
    {
        var (golden, century, rest) = (year % 19, year / 100, year % 100);
        var correction = (century - (century + 8) / 25 + 1) / 3;
        var epact = (19 * golden + century - century / 4 - correction + 15) % 30;
        var weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
        var late = (golden + 11 * epact + 22 * weekday) / 451;
        var days = epact + weekday - 7 * late + 114;
        return new DateOnly(year, days / 31, days % 31 + 1);
    }
}
