using Fhir;

namespace Messages;

/// <summary>
/// Contracts, deadlines, planned starts and changes of work are days of Finland. Systems that send a time for one mean
/// the Finnish midnight, which many of them write in UTC, on the day before.
/// </summary>
public static class FinnishTime
{
    /// <summary>Time as it is in Finland; a date without a zone is meant so too.</summary>
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Helsinki");

    /// <summary>The day on which a moment falls.</summary>
    public static DateOnly DateOf(DateTimeOffset time) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, Zone).DateTime);

    /// <summary>The first day that the text may mean; null when absent.</summary>
    public static DateOnly? DateOf(FhirDateTime? time) =>
        time?.ToInterval(Zone) is { } span ? DateOf(span.Start) : null;

    /// <summary>The day, where the text says as much; null for a month, a year or nothing.</summary>
    public static DateOnly? DayOf(FhirDateTime? time) => time?.Text is { Length: >= 10 } ? DateOf(time) : null;

    /// <summary>The last day that the text may mean; null when absent.</summary>
    public static DateOnly? LastDateOf(FhirDateTime? time) =>
        time?.ToInterval(Zone) is { } span ? DateOf(span.End.AddTicks(-1)) : null;

    /// <summary>Whether both are given and the one ended before the other began.</summary>
    public static bool IsBefore(FhirDateTime? one, FhirDateTime? other) =>
        one?.ToInterval(Zone) is { } first && other?.ToInterval(Zone) is { } second && first.End <= second.Start;

    /// <summary>The last moment of a day.</summary>
    public static DateTimeOffset EndOf(DateOnly day)
    {
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight)).AddSeconds(-1);
    }
}
