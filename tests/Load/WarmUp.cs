namespace Load;

/// <summary>
/// What is measured of a process is what it costs once it is warm: the runtime translates what is called often again, and for
/// the first minute under load that takes as much of the processor as the work itself.
/// </summary>
internal static class WarmUp
{
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(75);

    /// <summary>Does something again and again; returns how often.</summary>
    public static async Task<int> Run(Func<int, Task> round)
    {
        var (since, rounds) = (Stopwatch.GetTimestamp(), 0);
        while (Stopwatch.GetElapsedTime(since) < Lasts) await round(rounds++);
        return rounds;
    }
}
