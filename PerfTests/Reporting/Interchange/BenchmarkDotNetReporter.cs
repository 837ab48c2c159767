using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using PerfTests.Results;

namespace PerfTests.Reporting.Interchange;

/// <summary>
/// BenchmarkDotNet's own full JSON, a file per row, as dotnet/performance's ResultsComparer reads it. It is made
/// from BenchmarkDotNet's summaries, which only the run that measured them has.
/// </summary>
internal sealed class BenchmarkDotNetReporter(IReadOnlyDictionary<string, Summary> summaries) : IReporter
{
    /// <summary>The folder within that of the reports.</summary>
    public const string FolderName = "benchmarkdotnet";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ResultsDocument results, string folder) =>
    [
        .. summaries.Where(pair => results.Metrics.ContainsKey(pair.Key)).Select(pair => AtomicFile.Write(
            Path.Combine(folder, FolderName, $"{SafeText.Name(pair.Key.Replace('/', '-'), "_-=")}-report-full.json"),
            Render(pair.Value))),
    ];

    private static string Render(Summary summary)
    {
        var log = new AccumulationLogger();
        JsonExporter.Full.ExportToLog(summary, log);
        return log.GetLog();
    }
}
