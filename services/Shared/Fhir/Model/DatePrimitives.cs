using System.Globalization;

namespace Fhir;

/// <summary>A date, perhaps only a year or a month.</summary>
public sealed class Date : TextType
{
    /// <summary>Without a value.</summary>
    public Date()
    {
    }

    /// <summary>With `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.</summary>
    public Date(string? value) => Text = value;

    /// <summary>A full date.</summary>
    public Date(DateOnly value) => Text = value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The date when the text is a full one; null otherwise.</summary>
    public DateOnly? ToDateOnly() =>
        DateOnly.TryParseExact(Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;

    /// <inheritdoc cref="FhirDateTime.ToInterval"/>
    public (DateTimeOffset Start, DateTimeOffset End)? ToInterval(TimeZoneInfo? zone = null) =>
        DateText.Parse(Text) is { HasTime: false } date ? date.ToInterval(zone ?? TimeZoneInfo.Utc) : null;

    /// <inheritdoc/>
    public override TypeDef TypeDef => Def;

    internal static new readonly TypeDef Def = Define("date", PrimitiveKind.Date, static () => new Date());
}

/// <summary>A point in time, perhaps only a year, a month or a day; with a time it has a zone.</summary>
public sealed class FhirDateTime : TextType
{
    /// <summary>Without a value.</summary>
    public FhirDateTime()
    {
    }

    /// <summary>With `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `YYYY-MM-DDThh:mm:ss[.fff](Z|±hh:mm)`.</summary>
    public FhirDateTime(string? value) => Text = value;

    /// <summary>With a date, time and zone, up to 100 ns.</summary>
    public FhirDateTime(DateTimeOffset value) => Text = Instant.Format(value);

    /// <summary>The time when the text has one; null for a partial date.</summary>
    public DateTimeOffset? ToDateTimeOffset() =>
        DateText.Parse(Text) is { HasTime: true } date ? date.ToInterval(TimeZoneInfo.Utc).Start : null;

    /// <summary>
    /// All that the text may mean, from Start up to but without End: `2026-03` is the whole March. A text without
    /// a zone is read in <paramref name="zone"/> (UTC when null). Null when the text is absent or malformed.
    /// </summary>
    public (DateTimeOffset Start, DateTimeOffset End)? ToInterval(TimeZoneInfo? zone = null) =>
        DateText.Parse(Text)?.ToInterval(zone ?? TimeZoneInfo.Utc);

    /// <inheritdoc/>
    public override TypeDef TypeDef => Def;

    internal static new readonly TypeDef Def = Define("dateTime", PrimitiveKind.DateTime, static () => new FhirDateTime());
}

/// <summary>A point in time with at least seconds and a zone.</summary>
public sealed class Instant : PrimitiveType
{
    /// <summary>Without a value.</summary>
    public Instant()
    {
    }

    /// <summary>With a time, up to 100 ns.</summary>
    public Instant(DateTimeOffset? value) => Value = value;

    /// <summary>The time; null when absent or malformed.</summary>
    public DateTimeOffset? Value
    {
        get => ToInterval()?.Start;
        set => Text = value is { } time ? Format(time) : null;
    }

    /// <inheritdoc cref="FhirDateTime.ToInterval"/>
    public (DateTimeOffset Start, DateTimeOffset End)? ToInterval() =>
        DateText.Parse(Text) is { HasTime: true } date ? date.ToInterval(TimeZoneInfo.Utc) : null;

    /// <inheritdoc/>
    public override TypeDef TypeDef => Def;

    internal static string Format(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    internal static new readonly TypeDef Def = Define("instant", PrimitiveKind.Instant, static () => new Instant());
}

/// <summary>A time of day without a zone.</summary>
public sealed class Time : TextType
{
    /// <summary>Without a value.</summary>
    public Time()
    {
    }

    /// <summary>With `hh:mm:ss`, perhaps with a fraction.</summary>
    public Time(string? value) => Text = value;

    /// <summary>The time since midnight; null when absent or malformed.</summary>
    public TimeSpan? ToTimeSpan() =>
        Text is { } text && DateText.Time(text, out var time, out _, out var used) && used == text.Length ? time : null;

    /// <inheritdoc/>
    public override TypeDef TypeDef => Def;

    internal static new readonly TypeDef Def = Define("time", PrimitiveKind.Time, static () => new Time());
}
