using System.Runtime.InteropServices;

namespace Benchmarks;

/// <summary>The processor time of this thread, which a busy machine does not lengthen as it does the time of day.</summary>
internal static partial class ThreadTime
{
    private const int ClockThreadCpuTime = 3;

    public static double Microseconds
    {
        get
        {
            if (!OperatingSystem.IsLinux()) return Stopwatch.GetTimestamp() * 1e6 / Stopwatch.Frequency;
            return clock_gettime(ClockThreadCpuTime, out var time) == 0
                ? time.Seconds * 1e6 + time.Nanoseconds / 1e3
                : throw new InvalidOperationException("The clock of this thread cannot be read.");
        }
    }

    // https://man7.org/linux/man-pages/man3/clock_gettime.3.html
    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
