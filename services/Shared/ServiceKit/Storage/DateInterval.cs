using Fhir;

namespace ServiceKit.Storage;

/// <summary>Dates of every kind as the interval of time that they mean.</summary>
public static class DateInterval
{
    // Open ends of a Period reach to the ends of the index.
    private static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch.AddYears(-1900);
    private static readonly DateTimeOffset Latest = DateTimeOffset.UnixEpoch.AddYears(5000);

    // A date without a zone is one of Finland.
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Helsinki");

    /// <summary>The interval, both bounds inside; null when the element holds no date.</summary>
    public static (DateTimeOffset Start, DateTimeOffset End)? Of(Base? element) => element switch
    {
        FhirDateTime time => Closed(time.ToInterval(Zone)),
        Date date => Closed(date.ToInterval(Zone)),
        Instant instant => Closed(instant.ToInterval()),
        Period period => (Of(period.StartElement)?.Start ?? Earliest, Of(period.EndElement)?.End ?? Latest),
        _ => null,
    };

    // The library's intervals end before their end; the index's bounds are both inside.
    private static (DateTimeOffset Start, DateTimeOffset End)? Closed((DateTimeOffset Start, DateTimeOffset End)? open) =>
        open is { } interval
            ? (interval.Start, interval.End > interval.Start ? interval.End.AddTicks(-10) : interval.Start)
            : null;
}
