using PerfTests.Files;
using PerfTests.Results;

namespace PerfTests.Reporting.Prometheus;

/// <summary>
/// Writes the results for Prometheus, as text that node-exporter's textfile collector and pushgateway read. README.md lists the families.
/// </summary>
public sealed class PrometheusReporter : IReporter
{
    /// <summary>Name of the file. The textfile collector reads only files with this ending.</summary>
    public const string FileName = "perf.prom";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ResultsDocument results, string folder) =>
        [AtomicFile.Write(Path.Combine(folder, FileName), Render(results))];

    /// <summary>Returns the text of the file.</summary>
    public static string Render(ResultsDocument results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var machine = KeyValuePair.Create("machine_class", results.Metadata.MachineClass ?? "unknown");
        var rows = results.Metrics.Values.SelectMany(row => RowSamples.Of(row, machine));
        return ExpositionText.Render([.. RunSamples.Of(results, machine), .. rows], "R", hasUnits: false);
    }
}
