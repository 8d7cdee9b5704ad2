using System.Globalization;

namespace Fhir.Tests.Model;

public sealed class DateTests
{
    private static readonly TimeZoneInfo Helsinki = TimeZoneInfo.FindSystemTimeZoneById("Europe/Helsinki");

    [Theory]
    [InlineData("2026", "2026-01-01T00:00:00+00:00", "2027-01-01T00:00:00+00:00")]
    [InlineData("2024-02", "2024-02-01T00:00:00+00:00", "2024-03-01T00:00:00+00:00")]
    [InlineData("2026-12-31", "2026-12-31T00:00:00+00:00", "2027-01-01T00:00:00+00:00")]
    [InlineData("2026-01-01T10:00:00+02:00", "2026-01-01T10:00:00+02:00", "2026-01-01T10:00:01+02:00")]
    [InlineData("2026-01-01T10:00:00.25Z", "2026-01-01T10:00:00.25+00:00", "2026-01-01T10:00:00.26+00:00")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00+00:00", "2017-01-01T00:00:01+00:00")]
    public void A_date_is_the_whole_time_that_it_may_mean(string text, string start, string end) =>
        Assert.Equal((Parse(start), Parse(end)), new FhirDateTime(text).ToInterval());

    [Theory]
    [InlineData("2026-03-29", 23)] // summer time begins
    [InlineData("2026-10-25", 25)] // and ends
    [InlineData("2026-06-01", 24)]
    public void A_day_without_a_zone_has_the_length_of_the_day_in_the_given_zone(string text, int hours)
    {
        var (start, end) = new Date(text).ToInterval(Helsinki)!.Value;
        Assert.Equal(hours, (end - start).TotalHours);
    }

    [Theory]
    [InlineData("0001")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("9999")]
    [InlineData("9999-12")]
    [InlineData("9999-12-31")]
    [InlineData("9999-12-31T23:59:59.9999999-12:00")]
    [InlineData("9999-12-31T23:59:60Z")]
    [InlineData("2026-01-01T00:00:00.123456789012Z")]
    public void The_ends_of_the_calendar_have_intervals_too(string text)
    {
        foreach (var zone in new[] { TimeZoneInfo.Utc, Helsinki })
        {
            var (start, end) = new FhirDateTime(text).ToInterval(zone)!.Value;
            Assert.True(start <= end);
        }
    }

    [Fact]
    public void An_instant_keeps_its_text_and_its_offset()
    {
        var instant = new Instant { Text = "2026-01-01T10:00:00.000+02:00" };
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 10, 0, 0, TimeSpan.FromHours(2)), instant.Value);
        var exact = new DateTimeOffset(638_000_000_123_456_789, TimeSpan.Zero);
        Assert.Equal(exact, new Instant(exact).Value);
    }

    [Fact]
    public void A_malformed_text_has_no_value()
    {
        Assert.Null(new FhirDateTime("soon").ToInterval());
        Assert.Null(new Date("2026-01-01T10:00:00Z").ToInterval());
        Assert.Null(new Instant { Text = "2026" }.Value);
        Assert.Null(new Time("24:00:00").ToTimeSpan());
        Assert.Null(new Date("2026-02").ToDateOnly());
        Assert.Null(new FhirDateTime("2026").ToDateTimeOffset());
    }

    private static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
