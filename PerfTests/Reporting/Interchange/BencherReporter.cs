using System.Text.Json.Nodes;
using PerfTests.Files;
using PerfTests.Results;

namespace PerfTests.Reporting.Interchange;

/// <summary>
/// Writes Bencher Metric Format. Each row has one measure, with the value at the reference speed and the range of the launches.
/// </summary>
public sealed class BencherReporter : IReporter
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ResultsDocument results, string folder)
    {
        ArgumentNullException.ThrowIfNull(results);
        var benchmarks = new JsonObject();
        foreach (var row in results.Metrics.Values)
        {
            var range = ValueRange.Of(row);
            var measure = MetricUnit.Find(row.Unit)?.BencherMeasure ?? row.Unit;
            benchmarks[row.Name] = new JsonObject
            {
                [measure] = new JsonObject { ["value"] = range.Value, ["lower_value"] = range.Lower, ["upper_value"] = range.Upper },
            };
        }

        return [AtomicFile.Write(Path.Combine(folder, "bencher.json"), ReportJson.Write(benchmarks))];
    }
}
