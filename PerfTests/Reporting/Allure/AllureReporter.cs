using PerfTests.Results;

namespace PerfTests.Reporting.Allure;

/// <summary>
/// Allure's results of every figure. A run writes them row by row, as the rows end; this writes them again from a
/// results file, into the same files.
/// </summary>
/// <param name="directory">Where they go; null: a folder of the usual name within that of the reports.</param>
public sealed class AllureReporter(string? directory = null) : IReporter
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Write(ResultsDocument results, string folder)
    {
        ArgumentNullException.ThrowIfNull(results);
        var allure = new AllureFolder(directory ?? Path.Combine(folder, AllureConfiguration.UsualDirectory), results.Metadata.MachineClass ?? "unknown");
        var written = new List<string>();
        foreach (var figure in results.Metrics.Values)
        {
            var row = new AllureRow(figure);
            written.AddRange(allure.Write(TestIdentity.Of(figure), row.OutcomeAt(results.Timestamp), row));
        }

        written.AddRange(AllureRunFiles.Write(allure, results.Metadata));
        written.Add(AllurePerformanceMetrics.Write(allure, results.Metrics.Values, results.Timestamp));
        return written;
    }
}
