using System.Diagnostics;

namespace PerfTests.Planting;

/// <summary>Keeps the thread busy for a time.</summary>
internal static class Spin
{
    /// <summary>Spins until <see cref="Stopwatch.GetTimestamp"/> reaches a timestamp.</summary>
    public static void Until(long timestamp)
    {
        while (Stopwatch.GetTimestamp() < timestamp)
        {
            // The loop has no body: reading the clock keeps the thread busy.
        }
    }
}
