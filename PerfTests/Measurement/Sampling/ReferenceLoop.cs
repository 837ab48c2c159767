using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PerfTests.Measurement.Sampling;

/// <summary>
/// A dependent chain of integer multiplications and additions, timed beside each row. It touches no memory and
/// has one layout that matters, so its time says how fast the machine itself was at that moment.
/// </summary>
internal static class ReferenceLoop
{
    /// <summary>About 0.1 ms.</summary>
    private const int Steps = 65_536;

    // Knuth's MMIX generator (TAOCP 3.3.4, table 1): any odd multiplier would do.
    private const ulong Multiplier = 6364136223846793005;
    private const ulong Increment = 1442695040888963407;

    private static ulong s_sink;

    /// <summary>The time of one step, in nanoseconds.</summary>
    public static double Sample()
    {
        var start = Stopwatch.GetTimestamp();
        s_sink = Run(s_sink);
        return Clocks.WallNanoseconds(start, Stopwatch.GetTimestamp()) / Steps;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Run(ulong state)
    {
        for (var i = 0; i < Steps; i++)
        {
            state = (state * Multiplier) + Increment;
        }

        return state;
    }
}
