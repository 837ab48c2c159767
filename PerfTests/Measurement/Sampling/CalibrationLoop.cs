using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PerfTests.Measurement.Sampling;

/// <summary>
/// Two loops of integer arithmetic, timed beside each row. They touch no memory, so their times say how fast the
/// machine itself was at that moment. The serial one is a dependent chain: it follows the clock speed. The
/// parallel one keeps many instructions in flight: it also slows down when another guest's work shares the
/// physical core, which a chain that mostly waits does not feel (we saw scans at 1.5 times their usual time for
/// minutes while the chain ran as ever).
/// </summary>
internal static class CalibrationLoop
{
    private const int SerialSteps = 32_768;
    private const int ParallelSteps = 32_768;

    // Knuth's MMIX generator (TAOCP 3.3.4, table 1): any odd multiplier would do.
    private const ulong Multiplier = 6364136223846793005;
    private const ulong Increment = 1442695040888963407;

    private static ulong s_sink;

    /// <summary>The time of one step of each loop, in nanoseconds.</summary>
    public static CalibrationSample Sample()
    {
        var start = Stopwatch.GetTimestamp();
        var state = RunSerial(s_sink);
        var middle = Stopwatch.GetTimestamp();
        s_sink = RunParallel(state);
        var stop = Stopwatch.GetTimestamp();
        return new CalibrationSample(
            Clocks.WallNanoseconds(start, middle) / SerialSteps,
            Clocks.WallNanoseconds(middle, stop) / ParallelSteps);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong RunSerial(ulong state)
    {
        for (var i = 0; i < SerialSteps; i++)
        {
            state = (state * Multiplier) + Increment;
        }

        return state;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong RunParallel(ulong state)
    {
        ulong a = state, b = ~state, c = state >> 1, d = state << 1;
        for (ulong i = 0; i < ParallelSteps; i++)
        {
            a += i ^ 1;
            b ^= i + 2;
            c -= i ^ 3;
            d ^= i + 4;
        }

        return a + b + c + d;
    }
}
