using PerfTests.Measurement;
using PerfTests.Results;

namespace PerfTests.Running;

/// <summary>Adds details for reports to the result of a row: the steps with their times, and BenchmarkDotNet's table.</summary>
internal static class RowDetails
{
    /// <summary>Returns the result with its details.</summary>
    /// <param name="result">Result of the row.</param>
    /// <param name="log">Log of the row.</param>
    /// <param name="documents">Receives BenchmarkDotNet's full JSON by the key of the result.</param>
    public static MetricResult Add(MetricResult result, RowLog log, Dictionary<string, string> documents)
    {
        var steps = log.End();

        // The value of a counted row or a speed-up is not in BenchmarkDotNet's table, although a job of it ran.
        if (result.Launches is null || log.Report is not { } report)
        {
            return result with { Steps = steps };
        }

        documents[result.Name] = report.FullJson;
        return result with { Steps = steps, BenchmarkSummary = report.Table };
    }
}
