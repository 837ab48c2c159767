using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PerfTests.Measurement.Sampling;

/// <summary>
/// Times two loops of integer arithmetic beside each row. The loops access no memory, so their times show the speed of the
/// machine at that moment. The serial loop is a chain of dependent instructions: its time follows the clock speed. The parallel
/// loop keeps many instructions in flight: it also slows down when another virtual machine uses the same physical core.
/// </summary>
internal static class CalibrationLoop
{
    private const int SerialSteps = 32_768;
    private const int ParallelSteps = 32_768;

    // Constants of Knuth's MMIX generator (TAOCP 3.3.4, table 1). Any odd multiplier would do.
    private const ulong Multiplier = 6364136223846793005;
    private const ulong Increment = 1442695040888963407;

    private static ulong s_sink;

    /// <summary>Times both loops once.</summary>
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
