using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PerfTests.Planting;

/// <summary>
/// Slows a benchmark down by waiting. After each invocation, the thread sleeps for the given percentage of the invocation's duration, but
/// at least for the kernel's shortest sleep of a few microseconds. The thread's CPU clock does not count this time.
/// </summary>
/// <param name="scenario">Object of the benchmark class; not used, but passed to every wrapper.</param>
/// <param name="benchmark">Benchmark to slow down.</param>
/// <param name="percent">Slowdown in percent of the benchmark's duration.</param>
public sealed partial class ExtraWait(object scenario, Func<long> benchmark, double percent)
{
    private const int SetTimerSlack = 29; // PR_SET_TIMERSLACK, <linux/prctl.h>
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>Object of the wrapped benchmark.</summary>
    public object Scenario => scenario;

    /// <summary>Runs the benchmark, and then sleeps for the duration of the slowdown.</summary>
    public long Run()
    {
        var start = Stopwatch.GetTimestamp();
        var result = benchmark();
        var nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds * percent / 100;

        // The default slack of 50 µs would lengthen short sleeps several-fold.
        _ = SetThread(SetTimerSlack, 1);
        var seconds = (nint)(nanoseconds / NanosecondsPerSecond);
        _ = Sleep(new TimeSpec { Seconds = seconds, Nanoseconds = (nint)(nanoseconds % NanosecondsPerSecond) }, 0);
        return result;
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int SetThread(int option, nuint value);

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int Sleep(in TimeSpec duration, nint remaining);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
