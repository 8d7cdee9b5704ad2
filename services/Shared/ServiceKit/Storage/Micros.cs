namespace ServiceKit.Storage;

/// <summary>Times in columns: microseconds since 1970-01-01 UTC, the same in every database.</summary>
public static class Micros
{
    /// <summary>A time as a column holds it.</summary>
    public static long From(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10;

    /// <summary>A column's value as a time.</summary>
    public static DateTimeOffset ToTime(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * 10);
}
