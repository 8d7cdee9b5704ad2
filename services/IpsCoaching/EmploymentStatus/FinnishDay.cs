namespace IpsCoaching.EmploymentStatus;

/// <summary>
/// The calendar day in Finland. A status begins on a day; systems that send a time mean the Finnish midnight, which
/// many of them write in UTC, on the day before.
/// </summary>
internal static class FinnishDay
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Helsinki");

    public static DateOnly Of(DateTimeOffset time) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, Zone).DateTime);
}
