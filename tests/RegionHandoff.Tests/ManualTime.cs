namespace RegionHandoff.Tests;

/// <summary>A clock that a test turns. Waiting goes on by the machine's own clock.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long ticks = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero).Ticks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public void Turn(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
