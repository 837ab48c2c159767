using System.Text.Json.Nodes;
using PerfTests.Files;
using PerfTests.Results;

namespace PerfTests.Reporting.Interchange;

/// <summary>
/// Writes files for github-action-benchmark: one for values that should be small, one for values that should be large. The action alerts
/// if a value is worse than that of the previous commit by a fixed ratio, so the files contain published values.
/// </summary>
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
        var rows = results.Metrics.Values.Where(row => MetricUnit.ByName[row.Unit].Better == direction);
        return AtomicFile.Write(path, ReportJson.Write(new JsonArray([.. rows.Select(Entry)])));
    }

    private static JsonObject Entry(MetricResult row)
    {
        var unit = MetricUnit.ByName[row.Unit];
        var range = ValueRange.Of(row);
        var measured = $"Measured: {ValueText.Format(row.Value, unit)}";
        return new JsonObject
        {
            ["name"] = row.Name,
            ["unit"] = unit.Symbol,
            ["value"] = PublishedValue.Of(row),
            ["range"] = FormattableString.Invariant($"± {range.Upper - range.Lower:G3}"),
            ["extra"] = row.Judgement?.Message is { } message ? $"{measured}\n{SafeText.OneLine(message)}" : measured,
        };
    }
}
