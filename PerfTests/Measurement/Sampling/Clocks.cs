using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PerfTests.Measurement.Sampling;

/// <summary>Clocks that time a sample: the monotonic clock and the CPU clock of the thread.</summary>
internal static partial class Clocks
{
    private const int ThreadCpuTime = 3; // CLOCK_THREAD_CPUTIME_ID, <bits/time.h>
    private const double NanosecondsPerSecond = 1e9;
    private static readonly double s_nanosecondsPerTick = NanosecondsPerSecond / Stopwatch.Frequency;

    /// <summary>Converts two readings of <see cref="Stopwatch.GetTimestamp"/> to the nanoseconds between them.</summary>
    public static double WallNanoseconds(long start, long stop) => (stop - start) * s_nanosecondsPerTick;

    /// <summary>Gets the CPU time of the calling thread, in nanoseconds.</summary>
    public static long ThreadCpuNanoseconds()
    {
        return ClockGetTime(ThreadCpuTime, out var time) == 0
            ? (time.Seconds * (long)NanosecondsPerSecond) + time.Nanoseconds
            : throw new InvalidOperationException(
                $"clock_gettime(CLOCK_THREAD_CPUTIME_ID) failed: {Marshal.GetLastPInvokeErrorMessage()}.");
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
