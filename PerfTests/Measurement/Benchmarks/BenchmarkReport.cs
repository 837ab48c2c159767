using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>What BenchmarkDotNet itself says of a job, as text that one process can hand to another.</summary>
/// <param name="Table">Its table.</param>
/// <param name="FullJson">Its full JSON.</param>
internal sealed record BenchmarkReport(string Table, string FullJson)
{
    /// <summary>The report of a job.</summary>
    public static BenchmarkReport Of(Summary summary) =>
        new(Export(MarkdownExporter.Console, summary).Trim(), Export(JsonExporter.Full, summary));

    private static string Export(IExporter exporter, Summary summary)
    {
        var log = new AccumulationLogger();
        exporter.ExportToLog(summary, log);
        return log.GetLog();
    }
}
