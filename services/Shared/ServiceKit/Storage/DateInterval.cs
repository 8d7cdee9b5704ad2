using Fhir;

namespace ServiceKit.Storage;

/// <summary>Dates of every kind as the interval of time that they mean.</summary>
public static class DateInterval
{
    // Open ends of a Period reach to the ends of the index.
    private static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch.AddYears(-1900);
    private static readonly DateTimeOffset Latest = DateTimeOffset.UnixEpoch.AddYears(5000);

    /// <summary>The interval, both bounds inside; null when the element holds no date.</summary>
    public static (DateTimeOffset Start, DateTimeOffset End)? Of(Base? element) => element switch
    {
        FhirDateTime { Text: not null } time => time.ToInterval(),
        Date { Text: not null } date => date.ToInterval(),
        Instant { Text: not null } instant => instant.ToInterval(),
        Period period => (Of(period.StartElement)?.Start ?? Earliest, Of(period.EndElement)?.End ?? Latest),
        _ => null,
    };
}
