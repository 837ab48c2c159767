using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PerfTests.Measurement.Sampling;

/// <summary>The two clocks that a chunk is timed by.</summary>
internal static partial class Clocks
{
    private const int ThreadCpuTime = 3; // CLOCK_THREAD_CPUTIME_ID, <bits/time.h>
    private const double NanosecondsPerSecond = 1e9;
    private static readonly double s_nanosecondsPerTick = NanosecondsPerSecond / Stopwatch.Frequency;

    /// <summary>Nanoseconds between two readings of <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public static double WallNanoseconds(long start, long stop) => (stop - start) * s_nanosecondsPerTick;

    /// <summary>CPU time of the calling thread, in nanoseconds.</summary>
    public static long ThreadCpuNanoseconds()
    {
        return ClockGetTime(ThreadCpuTime, out var time) == 0
            ? (time.Seconds * (long)NanosecondsPerSecond) + time.Nanoseconds
            : throw new InvalidOperationException($"clock_gettime(CLOCK_THREAD_CPUTIME_ID) failed with errno {Marshal.GetLastPInvokeError()}.");
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
