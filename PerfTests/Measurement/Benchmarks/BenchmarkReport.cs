using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>BenchmarkDotNet's own report of a job, as text that can be sent to another process.</summary>
/// <param name="Table">Summary table in Markdown.</param>
internal sealed record BenchmarkReport(string Table)
{
    /// <summary>Exports the report of a job.</summary>
    public static BenchmarkReport Of(Summary summary)
    {
        var log = new AccumulationLogger();
        MarkdownExporter.Console.ExportToLog(summary, log);
        return new(log.GetLog().Trim());
    }
}
