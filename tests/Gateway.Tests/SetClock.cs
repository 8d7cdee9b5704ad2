namespace Gateway.Tests;

/// <summary>A clock that a test puts forward.</summary>
internal sealed class SetClock : TimeProvider
{
    private DateTimeOffset now = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => now;

    public void Forward(TimeSpan by) => now += by;
}
