using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>BenchmarkDotNet's own report of a job, as text that can be sent to another process.</summary>
/// <param name="Table">Summary table in Markdown.</param>
/// <param name="FullJson">Report in JSON, as BenchmarkDotNet's full exporter writes it.</param>
internal sealed record BenchmarkReport(string Table, string FullJson)
{
    /// <summary>Exports the report of a job.</summary>
    public static BenchmarkReport Of(Summary summary) =>
        new(Export(MarkdownExporter.Console, summary).Trim(), Export(JsonExporter.Full, summary));

    private static string Export(IExporter exporter, Summary summary)
    {
        var log = new AccumulationLogger();
        exporter.ExportToLog(summary, log);
        return log.GetLog();
    }
}
