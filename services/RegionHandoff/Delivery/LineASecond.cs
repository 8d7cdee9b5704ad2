using System.Diagnostics;

namespace RegionHandoff.Delivery;

/// <summary>Lets one line a second into the log, so that what is down, or floods us, does not flood the log too.</summary>
public sealed class LineASecond
{
    private long next;

    /// <summary>Whether it is time for a line; whoever gets true writes it.</summary>
    public bool IsDue()
    {
        var (due, now) = (Interlocked.Read(ref next), Stopwatch.GetTimestamp());
        return now >= due && Interlocked.CompareExchange(ref next, now + Stopwatch.Frequency, due) == due;
    }
}
