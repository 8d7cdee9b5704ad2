namespace Fhir;

/// <summary>
/// A FHIR date, dateTime or instant taken apart: as many fields as the text has. Year 1 to 9999; a leap second (60)
/// is allowed, as in R4's regular expressions.
/// </summary>
internal readonly record struct DateText
{
    public int Year { get; private init; }
    public int Month { get; private init; }
    public int Day { get; private init; }
    public bool HasTime { get; private init; }
    public TimeSpan TimeOfDay { get; private init; }

    /// <summary>Length of what the text names in ticks, for texts with a time.</summary>
    public long Precision { get; private init; }
    public TimeSpan Offset { get; private init; }

    public static DateText? Parse(ReadOnlySpan<char> text)
    {
        if (text.Length < 4 || !Digits(text, 0, 4, out var year) || year == 0) return null;
        if (text.Length == 4) return new() { Year = year };
        if (text.Length < 7 || text[4] != '-' || !Digits(text, 5, 2, out var month) || month is < 1 or > 12)
            return null;
        if (text.Length == 7) return new() { Year = year, Month = month };
        if (text.Length < 10 || text[7] != '-' || !Digits(text, 8, 2, out var day)
            || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return null;
        }
        var date = new DateText { Year = year, Month = month, Day = day };
        if (text.Length == 10) return date;
        return text[10] == 'T' && Time(text[11..], out var time, out var precision, out var used)
            && Zone(text[(11 + used)..], out var offset)
            ? date with { HasTime = true, TimeOfDay = time, Precision = precision, Offset = offset }
            : null;
    }

    /// <summary>`hh:mm:ss`, perhaps with a fraction; says how much of the text that was.</summary>
    public static bool Time(ReadOnlySpan<char> text, out TimeSpan time, out long precision, out int used)
    {
        (time, precision, used) = (default, TimeSpan.TicksPerSecond, 8);
        if (text.Length < 8 || text[2] != ':' || text[5] != ':' || !Digits(text, 0, 2, out var hour)
            || !Digits(text, 3, 2, out var minute) || !Digits(text, 6, 2, out var second)
            || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }
        time = new TimeSpan(hour, minute, second);
        if (text.Length == 8 || text[8] != '.') return true;
        var scale = TimeSpan.TicksPerSecond;
        for (used = 9; used < text.Length && char.IsAsciiDigit(text[used]); used++)
        {
            // Below 100 ns nothing can be represented; the digits stay in the text.
            scale /= 10;
            time += TimeSpan.FromTicks((text[used] - '0') * scale);
            precision = Math.Max(1, precision / 10);
        }
        return used > 9;
    }

    /// <summary>The half-open span of time that the text names, with its own offset or else the given zone.</summary>
    public (DateTimeOffset Start, DateTimeOffset End) ToInterval(TimeZoneInfo zone)
    {
        if (HasTime)
        {
            var start = At(new DateTime(Year, Month, Day).Ticks + TimeOfDay.Ticks, Offset);
            return (start, start.UtcTicks > DateTime.MaxValue.Ticks - Precision
                ? DateTimeOffset.MaxValue
                : start.AddTicks(Precision));
        }
        var first = new DateTime(Year, Math.Max(1, Month), Math.Max(1, Day));
        var isLast = Year == 9999 && Month is 0 or 12 && Day is 0 or 31;
        if (isLast) return (At(first.Ticks, zone.GetUtcOffset(first)), DateTimeOffset.MaxValue);
        var next = Month == 0 ? first.AddYears(1) : Day == 0 ? first.AddMonths(1) : first.AddDays(1);
        return (At(first.Ticks, zone.GetUtcOffset(first)), At(next.Ticks, zone.GetUtcOffset(next)));
    }

    // The first and the last day of the calendar may fall outside of it once moved to UTC.
    private static DateTimeOffset At(long ticks, TimeSpan offset)
    {
        var utc = ticks - offset.Ticks;
        if (utc < 0) return DateTimeOffset.MinValue;
        if (utc > DateTime.MaxValue.Ticks) return DateTimeOffset.MaxValue;
        return ticks > DateTime.MaxValue.Ticks || ticks < 0
            ? new DateTimeOffset(utc, TimeSpan.Zero)
            : new DateTimeOffset(ticks, offset);
    }

    private static bool Zone(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        if (text is "Z") return true;
        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':'
            || !Digits(text, 1, 2, out var hours) || !Digits(text, 4, 2, out var minutes)
            || minutes > 59 || hours * 60 + minutes > 14 * 60)
        {
            return false;
        }
        offset = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Digits(ReadOnlySpan<char> text, int start, int count, out int value)
    {
        value = 0;
        for (var i = start; i < start + count; i++)
        {
            if (!char.IsAsciiDigit(text[i])) return false;
            value = value * 10 + (text[i] - '0');
        }
        return true;
    }
}
