using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Results;

namespace PerfTests.Running;

/// <summary>Adds to a row's figure what reports tell beside it: what the time went into, and BenchmarkDotNet's own table.</summary>
internal static class RowDetails
{
    /// <summary>Checks a row, and returns its figure with the details.</summary>
    /// <param name="check">Measures and judges.</param>
    /// <param name="documents">Where BenchmarkDotNet's full JSON is put, by the figure's key.</param>
    public static MetricResult Add(Func<MetricResult> check, Dictionary<string, string> documents)
    {
        KeptReport.Take();
        StepLog.Start();
        IReadOnlyList<TimedStep> steps = [];
        MetricResult figure;
        try
        {
            figure = check();
        }
        finally
        {
            steps = StepLog.Take();
        }

        // A count or a ratio is not what BenchmarkDotNet's table says, although a job of it ran.
        if (figure.Launches is null || KeptReport.Take() is not { } report)
        {
            return figure with { Steps = steps };
        }

        documents[figure.Name] = report.FullJson;
        return figure with { Steps = steps, BenchmarkSummary = report.Table };
    }
}
