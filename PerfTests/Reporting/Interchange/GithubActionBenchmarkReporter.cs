using System.Text.Json.Nodes;
using PerfTests.Files;
using PerfTests.Results;

namespace PerfTests.Reporting.Interchange;

/// <summary>Writes files for github-action-benchmark: one for values that should be small, one for values that should be large.</summary>
public sealed class GithubActionBenchmarkReporter : IReporter
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ResultsDocument results, string folder) =>
    [
        Write(results, Direction.Lower, Path.Combine(folder, "benchmark-smaller-is-better.json")),
        Write(results, Direction.Higher, Path.Combine(folder, "benchmark-bigger-is-better.json")),
    ];

    private static string Write(ResultsDocument results, Direction direction, string path)
    {
        var entries = new JsonArray();
        foreach (var row in results.Metrics.Values.Where(row => MetricUnit.ByName[row.Unit].Better == direction))
        {
            var entry = new JsonObject
            {
                ["name"] = row.Name,
                ["unit"] = MetricUnit.ByName[row.Unit].Symbol,
                ["value"] = row.Value,
            };
            if (LaunchRange.Of(row) is { } range)
            {
                entry["range"] = FormattableString.Invariant($"± {range.Upper - range.Lower:G3}");
            }

            if (row.Judgement?.Message is { } message)
            {
                entry["extra"] = SafeText.OneLine(message);
            }

            entries.Add(entry);
        }

        return AtomicFile.Write(path, ReportJson.Write(entries));
    }
}
