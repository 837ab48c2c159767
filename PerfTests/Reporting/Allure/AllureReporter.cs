using PerfTests.Results;

namespace PerfTests.Reporting.Allure;

/// <summary>
/// Writes Allure's results of all rows of a results file. During a run, <see cref="AllureRun"/> writes each of these files when its row
/// ends; this class writes the same files again.
/// </summary>
/// <param name="directory">Folder for the results; null for a folder of the usual name within the folder of the reports.</param>
public sealed class AllureReporter(string? directory = null) : IReporter
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ResultsDocument results, string folder)
    {
        ArgumentNullException.ThrowIfNull(results);
        var target = directory ?? Path.Combine(folder, AllureConfiguration.DefaultDirectory);
        var allure = new AllureFolder(target, results.Metadata);
        allure.MarkEarlierResults();
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
