using System.Globalization;
using PerfTests.Files;
using PerfTests.Results;

namespace PerfTests.Reporting.Interchange;

/// <summary>
/// Adds a run to a table for Apache Otava, a tool that finds change points in series. The table has a line per run, with the run's time,
/// its commit, and a column per row. Runs that end at the same time wait for each other.
/// </summary>
public sealed class OtavaReporter : IReporter
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ResultsDocument results, string folder)
    {
        ArgumentNullException.ThrowIfNull(results);
        var path = Path.Combine(folder, "otava.csv");
        using var alone = FileLock.Acquire(path);
        var table = OtavaTable.Parse(File.Exists(path) ? File.ReadAllLines(path) : []);
        table.Set(
            results.Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            SafeText.Name(results.Metadata.GitCommit ?? "unknown", "_-"),
            results.Metrics.Values.Select(row => KeyValuePair.Create(Column(row.Name), row.ValueAtReferenceSpeed ?? row.Value)));
        return [AtomicFile.Write(path, table.Render())];
    }

    /// <summary>Returns a column name without commas, quotes and line ends. A spreadsheet cannot take this name for a formula.</summary>
    private static string Column(string key) =>
        SafeText.Name(key, "_/=.") is var name && char.IsAsciiLetter(name.FirstOrDefault()) ? name : $"_{name}";
}
