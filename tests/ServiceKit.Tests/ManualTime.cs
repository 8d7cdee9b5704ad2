namespace ServiceKit.Tests;

/// <summary>A clock that moves only when a test says so. Waiting is not affected.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long ticks = DateTimeOffset.UnixEpoch.AddYears(56).UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
