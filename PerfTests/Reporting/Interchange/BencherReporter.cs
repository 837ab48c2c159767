using System.Text.Json.Nodes;
using PerfTests.Files;
using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Reporting.Interchange;

/// <summary>Writes Bencher Metric Format: for each row its measure, with the value and the range of its launches.</summary>
public sealed class BencherReporter : IReporter
{
    private static readonly Dictionary<string, string> s_measures = new(StringComparer.Ordinal)
    {
        [MetricUnit.Nanoseconds.Name] = "latency",
        [MetricUnit.AllocationsPerSecond.Name] = "throughput",
        [MetricUnit.BlocksPerSecond.Name] = "throughput",
        [MetricUnit.GigabytesPerSecond.Name] = "bandwidth-gigabytes-per-second",
        [MetricUnit.Ratio.Name] = "speed-up",
        [MetricUnit.Bytes.Name] = "managed-bytes",
        [MetricUnit.SystemCalls.Name] = "system-calls",
        [MetricUnit.PageFaults.Name] = "page-faults",
        [MetricUnit.UsedRatio.Name] = "utilisation",
        [MetricUnit.UnusableRatio.Name] = "fragmentation",
    };

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

            benchmarks[row.Name] = new JsonObject { [s_measures.GetValueOrDefault(row.Unit) ?? row.Unit] = measure };
        }

        return [AtomicFile.Write(Path.Combine(folder, "bencher.json"), ReportJson.Write(benchmarks))];
    }
}
