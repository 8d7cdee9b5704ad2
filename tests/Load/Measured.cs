using System.Collections.Concurrent;

namespace Load;

/// <summary>What a run brought.</summary>
/// <param name="PerSecond">How many came to their end in a second.</param>
/// <param name="P50">Half of them took no longer.</param>
/// <param name="P99">Ninety-nine of a hundred took no longer.</param>
/// <param name="CpuMilliseconds">Processor time for each, by family of processes.</param>
internal sealed record Measured(
    double PerSecond, TimeSpan P50, TimeSpan P99, IReadOnlyDictionary<string, double> CpuMilliseconds)
{
    public double Cpu => CpuMilliseconds.Values.Sum();

    /// <summary>Does something many times, so many at once.</summary>
    public static async Task<Measured> Many(int count, int atOnce, Func<int, Task> one, CpuMeter? meter = null)
    {
        var took = new ConcurrentBag<TimeSpan>();
        var (before, since) = (meter?.Read(), Stopwatch.GetTimestamp());
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (number, _) =>
            {
                var begun = Stopwatch.GetTimestamp();
                await one(number);
                took.Add(Stopwatch.GetElapsedTime(begun));
            });
        var all = Stopwatch.GetElapsedTime(since);
        var cpu = meter?.Read().ToDictionary(family => family.Key, family => (family.Value - before![family.Key]) * 1000 / count);
        List<TimeSpan> sorted = [.. took.Order()];
        return new Measured(
            count / all.TotalSeconds, sorted[count / 2], sorted[(int)(count * 0.99)], cpu ?? []);
    }
}
