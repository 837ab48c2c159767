using System.Diagnostics;

namespace PerfTests.Planting;

/// <summary>Computes until a given moment.</summary>
internal static class Spin
{
    public static void Until(long timestamp)
    {
        while (Stopwatch.GetTimestamp() < timestamp)
        {
            // Reading the clock is the work.
        }
    }
}
