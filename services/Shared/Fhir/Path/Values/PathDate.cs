using System.Globalization;

namespace Fhir.Path.Values;

/// <summary>FHIRPath's three kinds of dates and times.</summary>
public enum PathDateKind
{
    /// <summary>Year, month or day.</summary>
    Date,

    /// <summary>A date that may have a time, and with it a zone.</summary>
    DateTime,

    /// <summary>A time of day.</summary>
    Time,
}

/// <summary>How far a date or time goes; the number is what `precision()` answers for a DateTime.</summary>
public enum PathPrecision
{
    Year = 4,
    Month = 6,
    Day = 8,
    Hour = 10,
    Minute = 12,
    Second = 14,
    Millisecond = 17,
}

/// <summary>A date, point in time or time of day as precise as its text.</summary>
public sealed record PathDate
{
    /// <summary>Date, DateTime or Time.</summary>
    public required PathDateKind Kind { get; init; }

    /// <summary>The last field that it has.</summary>
    public required PathPrecision Precision { get; init; }

    /// <summary>
    /// The first moment that it may mean, on the clock of its own zone; 0001-01-01 for a time of day.
    /// </summary>
    public required DateTime Local { get; init; }

    /// <summary>Offset to UTC; null when it has none.</summary>
    public TimeSpan? Offset { get; init; }

    /// <summary>Digits of the fraction of a second, up to 7.</summary>
    public int FractionDigits { get; init; }

    internal bool IsTime => Kind == PathDateKind.Time;

    /// <summary>A literal with its `@`: `@2026-03`, `@2026-03T`, `@T14:30`; null when malformed.</summary>
    internal static PathDate? ParseLiteral(string text) => text switch
    {
        ['@', 'T', .. var time] => Parse(PathDateKind.Time, time),
        ['@', .. var date] => Parse(
            date.Contains('T', StringComparison.Ordinal) ? PathDateKind.DateTime : PathDateKind.Date,
            date.TrimEnd('T')),
        _ => null,
    };

    /// <summary>A text of that kind, as precise as it is; null when malformed.</summary>
    internal static PathDate? Parse(PathDateKind kind, string text) => new PathDateReader(text).Read(kind);

    internal static PathDate Of(PathDateKind kind, DateTimeOffset time) => new()
    {
        Kind = kind,
        Precision = kind == PathDateKind.Date ? PathPrecision.Day : PathPrecision.Millisecond,
        Local = kind switch
        {
            PathDateKind.Date => time.Date,
            PathDateKind.DateTime => new(time.Ticks - time.Ticks % TimeSpan.TicksPerMillisecond),
            _ => new(time.TimeOfDay.Ticks - time.TimeOfDay.Ticks % TimeSpan.TicksPerMillisecond),
        },
        Offset = kind == PathDateKind.DateTime ? time.Offset : null,
        FractionDigits = kind == PathDateKind.Date ? 0 : 3,
    };

    /// <summary>As FHIR writes it, without `@`.</summary>
    public override string ToString()
    {
        var date = Precision switch
        {
            PathPrecision.Year => "yyyy",
            PathPrecision.Month => "yyyy-MM",
            _ => "yyyy-MM-dd",
        };
        if (Precision <= PathPrecision.Day) return Local.ToString(date, CultureInfo.InvariantCulture);
        var time = Precision switch
        {
            PathPrecision.Hour => "HH",
            PathPrecision.Minute => "HH:mm",
            PathPrecision.Second => "HH:mm:ss",
            _ => "HH:mm:ss." + new string('f', FractionDigits),
        };
        var text = Local.ToString(IsTime ? time : $"{date}'T'{time}", CultureInfo.InvariantCulture);
        if (Offset is not { } offset) return text;
        return offset == TimeSpan.Zero
            ? text + "Z"
            : text + (offset < TimeSpan.Zero ? '-' : '+') + offset.ToString("hh\\:mm", CultureInfo.InvariantCulture);
    }
}
