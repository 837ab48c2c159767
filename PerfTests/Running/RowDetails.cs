using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Results;

namespace PerfTests.Running;

/// <summary>Adds to a row's figure what reports tell beside it: what the time went into, and BenchmarkDotNet's own table.</summary>
internal static class RowDetails
{
    /// <summary>Checks a row, and returns its figure with the details.</summary>
    /// <param name="check">Measures and judges.</param>
    /// <param name="summaries">Where BenchmarkDotNet's summary is put, by the figure's key.</param>
    public static MetricResult Add(Func<MetricResult> check, Dictionary<string, Summary> summaries)
    {
        KeptSummaries.Take();
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
        if (figure.Launches is null || KeptSummaries.Take() is not [var summary, ..])
        {
            return figure with { Steps = steps };
        }

        summaries[figure.Name] = summary;
        return figure with { Steps = steps, BenchmarkSummary = Table(summary) };
    }

    private static string Table(Summary summary)
    {
        var log = new AccumulationLogger();
        MarkdownExporter.Console.ExportToLog(summary, log);
        return log.GetLog().Trim();
    }
}
