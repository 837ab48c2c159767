using System.Globalization;
using System.Text;
using PerfTests.Files;
using PerfTests.Results;

namespace PerfTests.Reporting.Interchange;

/// <summary>
/// Adds a run to a table for Apache Otava, a tool that finds change points in series. The table has a line per run, with the run's time,
/// its commit, and a column per row. Runs that end at the same time wait for each other.
/// </summary>
public sealed class OtavaReporter : IReporter
{
    private const string TimeColumn = "time";
    private const string CommitColumn = "commit";

    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ResultsDocument results, string folder)
    {
        ArgumentNullException.ThrowIfNull(results);
        var path = Path.Combine(folder, "otava.csv");
        using var alone = FileLock.Acquire(path);
        var lines = Read(path);
        var own = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [TimeColumn] = results.Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            [CommitColumn] = SafeText.Name(results.Metadata.GitCommit ?? "unknown", "_-"),
        };
        foreach (var row in results.Metrics.Values)
        {
            own[Column(row.Name)] = row.Value.ToString("R", CultureInfo.InvariantCulture);
        }

        // If the report of a run is written again, the new line replaces the old one.
        lines.RemoveAll(line => line.GetValueOrDefault(TimeColumn) == own[TimeColumn]);
        lines.Add(own);
        return [AtomicFile.Write(path, Render(lines))];
    }

    /// <summary>Returns a column name without commas, quotes and line ends. A spreadsheet cannot take this name for a formula.</summary>
    private static string Column(string key) =>
        SafeText.Name(key, "_/=.") is var name && char.IsAsciiLetter(name.FirstOrDefault()) ? name : $"_{name}";

    private static List<Dictionary<string, string>> Read(string path)
    {
        if (!File.Exists(path) || File.ReadAllLines(path) is not [var header, .. var lines])
        {
            return [];
        }

        var columns = header.Split(',');
        return [.. lines.Select(line => columns.Zip(line.Split(',')).Where(cell => cell.Second.Length > 0)
            .DistinctBy(cell => cell.First).ToDictionary(cell => cell.First, cell => cell.Second, StringComparer.Ordinal))];
    }

    private static string Render(List<Dictionary<string, string>> lines)
    {
        var keys = lines.SelectMany(line => line.Keys).Distinct().Except([TimeColumn, CommitColumn]);
        string[] columns = [TimeColumn, CommitColumn, .. keys.Order(StringComparer.Ordinal)];
        var text = new StringBuilder().AppendJoin(',', columns).Append('\n');
        foreach (var line in lines.OrderBy(line => line.GetValueOrDefault(TimeColumn), StringComparer.Ordinal))
        {
            text.AppendJoin(',', columns.Select(column => line.GetValueOrDefault(column, string.Empty))).Append('\n');
        }

        return text.ToString();
    }
}
