namespace Benchmarks;

/// <summary>
/// Times several pieces of work in turn, again and again, so that whatever else the machine does meets all of them; what
/// counts is each round's ratio to the first.
/// </summary>
internal static class Ratios
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    /// <summary>One of the pieces: processor time and allocation for each run of it.</summary>
    public sealed record Result(string Name, double Microseconds, double Ratio, double AllocatedBytes);

    public static IReadOnlyList<Result> Of(int rounds, int runs, params IReadOnlyList<(string Name, Action Work)> pieces)
    {
        // The runtime compiles what is busy a second and a third time, somewhat later.
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < WarmUp)
            foreach (var (_, work) in pieces) Time(runs, work);
        var times = pieces.Select(_ => new List<double>()).ToList();
        for (var round = 0; round < rounds; round++)
            for (var i = 0; i < pieces.Count; i++) times[i].Add(Time(runs, pieces[i].Work));
        return [.. pieces.Select((piece, i) => new Result(
            piece.Name, Median(times[i]), Median([.. times[i].Zip(times[0], (own, first) => own / first)]),
            Allocated(runs, piece.Work)))];
    }

    private static double Time(int runs, Action work)
    {
        var since = ThreadTime.Microseconds;
        for (var i = 0; i < runs; i++) work();
        return (ThreadTime.Microseconds - since) / runs;
    }

    private static double Allocated(int runs, Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < runs; i++) work();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)runs;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
