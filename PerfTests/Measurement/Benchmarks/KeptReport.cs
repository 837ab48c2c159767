namespace PerfTests.Measurement.Benchmarks;

/// <summary>BenchmarkDotNet's report of the first job since it was last taken, here or in a fresh process: one stands for a row.</summary>
internal static class KeptReport
{
    private static BenchmarkReport? s_kept;

    /// <summary>True if the next job's report is wanted; making one that nobody reads takes time.</summary>
    public static bool IsWanted => Volatile.Read(ref s_kept) is null;

    /// <summary>Keeps a report, if it is the first.</summary>
    public static void Keep(BenchmarkReport? report) => Interlocked.CompareExchange(ref s_kept, report, null);

    /// <summary>Takes what was kept.</summary>
    public static BenchmarkReport? Take() => Interlocked.Exchange(ref s_kept, null);
}
