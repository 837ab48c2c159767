using PerfTests.Measurement;
using PerfTests.Results;

namespace PerfTests.Running;

/// <summary>
/// Adds details for reports to the result of a row: the steps of the measurement with their times, and BenchmarkDotNet's table.
/// </summary>
internal static class RowDetails
{
    /// <summary>Returns the result with its details.</summary>
    /// <param name="result">Result of the row.</param>
    /// <param name="log">Log of the row.</param>
    public static MetricResult Add(MetricResult result, RowLog log)
    {
        var steps = log.End();

        // A counted row or a speed-up may have run a BenchmarkDotNet job, but the job's table does not contain the value of the
        // row.
        return result with { Steps = steps, BenchmarkSummary = result.Launches is null ? null : log.Report?.Table };
    }
}
