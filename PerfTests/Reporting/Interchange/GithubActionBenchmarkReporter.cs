using System.Text.Json.Nodes;
using PerfTests.Files;
using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Reporting.Interchange;

/// <summary>What github-action-benchmark reads: a file for figures that should be small, and one for those that should be big.</summary>
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
        foreach (var figure in results.Metrics.Values.Where(figure => MetricUnit.ByName[figure.Unit].Better == direction))
        {
            var entry = new JsonObject
            {
                ["name"] = figure.Name,
                ["unit"] = MetricUnit.ByName[figure.Unit].Symbol,
                ["value"] = figure.Value,
            };
            if (LaunchRange.Of(figure) is { } range)
            {
                entry["range"] = FormattableString.Invariant($"± {range.Upper - range.Lower:G3}");
            }

            if (figure.Judgement?.Message is { } message)
            {
                entry["extra"] = SafeText.OneLine(message);
            }

            entries.Add(entry);
        }

        return AtomicFile.Write(path, ReportJson.Write(entries));
    }
}
