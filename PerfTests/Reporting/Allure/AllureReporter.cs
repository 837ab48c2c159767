using PerfTests.Results;

namespace PerfTests.Reporting.Allure;

/// <summary>
/// Writes Allure's results of all rows. A run writes each of them when its row ends; this writes them again from a results file, into
/// the same files.
/// </summary>
/// <param name="directory">Folder for the results; null: a folder of the usual name within that of the reports.</param>
public sealed class AllureReporter(string? directory = null) : IReporter
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ResultsDocument results, string folder)
    {
        ArgumentNullException.ThrowIfNull(results);
        var target = directory ?? Path.Combine(folder, AllureConfiguration.UsualDirectory);
        var allure = new AllureFolder(target, results.Metadata.MachineClass ?? "unknown");
        var written = new List<string>();
        foreach (var result in results.Metrics.Values)
        {
            var row = new AllureRow(result);
            written.AddRange(allure.Write(TestIdentity.Of(result), row.OutcomeAt(results.Timestamp), row));
        }

        written.AddRange(AllureRunFiles.Write(allure, results.Metadata));
        written.Add(AllurePerformanceMetrics.Write(allure, results.Metrics.Values, results.Timestamp));
        return written;
    }
}
