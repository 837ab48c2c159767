using System.Diagnostics;

namespace PerfTests.Planting.Operations;

/// <summary>
/// Counts and times the calls of operations. <see cref="OperationWeaver.Instrument"/> adds the calls of this class to the
/// libraries, so the class is public. Each layout copy has its own counts.
/// </summary>
public static class OperationProbe
{
    private const int MaxOperations = 1_024;

    private static readonly long[] s_calls = new long[MaxOperations];
    private static readonly long[] s_ticks = new long[MaxOperations];

    /// <summary>Counts a call that ends now.</summary>
    /// <param name="operation">Number of the operation.</param>
    /// <param name="start">Value of <see cref="Stopwatch.GetTimestamp"/> at the start of the call.</param>
    public static void Leave(int operation, long start)
    {
        s_calls[operation]++;
        s_ticks[operation] += Stopwatch.GetTimestamp() - start;
    }

    /// <summary>Returns calls and ticks of all operations since the last call of this method, and sets them to zero.</summary>
    public static (long[] Calls, long[] Ticks) Take()
    {
        var taken = ((long[])s_calls.Clone(), (long[])s_ticks.Clone());
        Array.Clear(s_calls);
        Array.Clear(s_ticks);
        return taken;
    }
}
