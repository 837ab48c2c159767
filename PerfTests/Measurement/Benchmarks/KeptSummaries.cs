using System.Collections.Concurrent;
using BenchmarkDotNet.Reports;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>BenchmarkDotNet's summaries of what this process measured, kept for the reports until they are taken.</summary>
internal static class KeptSummaries
{
    private static readonly ConcurrentQueue<Summary> s_kept = new();

    /// <summary>Keeps what a job measured, and hands it on.</summary>
    public static BenchmarkRun Keep(BenchmarkRun run)
    {
        s_kept.Enqueue(run.Summary);
        return run;
    }

    /// <summary>Takes everything since the last time.</summary>
    public static IReadOnlyList<Summary> Take()
    {
        var taken = new List<Summary>();
        while (s_kept.TryDequeue(out var summary))
        {
            taken.Add(summary);
        }

        return taken;
    }
}
