using System.Text.RegularExpressions;
using Fhir;
using Messages;

namespace ServiceKit.Storage;

/// <summary>Dates of every kind as the interval of time that they mean.</summary>
public static partial class DateInterval
{
    /// <summary>
    /// The interval, both ends inside, to 100 ns; the open end of a Period is the end of time. Null when the element holds
    /// no date.
    /// </summary>
    public static (DateTimeOffset Start, DateTimeOffset End)? Of(Base? element) => element switch
    {
        FhirDateTime time => Closed(time.ToInterval(FinnishTime.Zone)),
        Date date => Closed(date.ToInterval(FinnishTime.Zone)),
        Instant instant => Closed(instant.ToInterval()),
        Period period => (Of(period.StartElement)?.Start ?? DateTimeOffset.MinValue,
            Of(period.EndElement)?.End ?? DateTimeOffset.MaxValue),
        Timing timing => Outer([.. timing.EventElement.Select(Of), Of(timing.Repeat?.Bounds)]),
        _ => null,
    };

    /// <summary>The interval of a date in a search, where R4 lets seconds and the zone be left out; null when it is none.</summary>
    public static (DateTimeOffset Start, DateTimeOffset End)? OfSearch(string text)
    {
        // A plus sign that was not escaped in an address arrives as a space.
        text = text.Replace(' ', '+');
        if (Loose().Match(text) is not { Success: true } match) return Of(new FhirDateTime(text));
        var (second, zone) = (match.Groups["second"].Value, match.Groups["zone"].Value);
        var full = match.Groups["minute"].Value + (second.Length > 0 ? second : ":00") + (zone.Length > 0 ? zone : "Z");
        if (Of(new FhirDateTime(full)) is not { } interval) return null;
        if (second.Length == 0) interval.End = interval.Start.AddTicks(TimeSpan.TicksPerMinute - 1);
        return zone.Length > 0 ? interval : (InFinland(interval.Start), InFinland(interval.End));
    }

    // Near the ends of time there is no room for an offset.
    private static DateTimeOffset InFinland(DateTimeOffset time) => time.Year is 1 or 9999
        ? time
        : new DateTimeOffset(time.DateTime, FinnishTime.Zone.GetUtcOffset(time.DateTime));

    [GeneratedRegex(@"^(?<minute>.{10}T[0-9]{2}:[0-9]{2})(?<second>:[0-9.]+)?(?<zone>Z|[+\-][0-9:]+)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Loose();

    // What a schedule is about lies between its first and its last moment; the pattern between them is not searched.
    private static (DateTimeOffset Start, DateTimeOffset End)? Outer((DateTimeOffset Start, DateTimeOffset End)?[] all)
    {
        var known = all.OfType<(DateTimeOffset Start, DateTimeOffset End)>().ToList();
        return known.Count == 0 ? null : (known.Min(one => one.Start), known.Max(one => one.End));
    }

    // The library's intervals end before their end.
    private static (DateTimeOffset Start, DateTimeOffset End)? Closed((DateTimeOffset Start, DateTimeOffset End)? open) =>
        open is { } interval
            ? (interval.Start, interval.End > interval.Start ? interval.End.AddTicks(-1) : interval.Start)
            : null;
}
