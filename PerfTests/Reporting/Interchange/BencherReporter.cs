using System.Text.Json.Nodes;
using PerfTests.Files;
using PerfTests.Results;

namespace PerfTests.Reporting.Interchange;

/// <summary>Writes Bencher Metric Format. Each row has one measure, with the value and the range of the launches.</summary>
public sealed class BencherReporter : IReporter
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ResultsDocument results, string folder)
    {
        ArgumentNullException.ThrowIfNull(results);
        var benchmarks = new JsonObject();
        foreach (var row in results.Metrics.Values)
        {
            var measure = new JsonObject { ["value"] = row.Value };
            if (LaunchRange.Of(row) is { } range)
            {
                measure["lower_value"] = range.Lower;
                measure["upper_value"] = range.Upper;
            }

            var name = MetricUnit.ByName.GetValueOrDefault(row.Unit)?.BencherMeasure ?? row.Unit;
            benchmarks[row.Name] = new JsonObject { [name] = measure };
        }

        return [AtomicFile.Write(Path.Combine(folder, "bencher.json"), ReportJson.Write(benchmarks))];
    }
}
