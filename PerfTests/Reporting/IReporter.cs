using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>
/// Writes a report in one format. A reporter uses only the results, so that the report can be written again from a results file.
/// </summary>
public interface IReporter
{
    /// <summary>Writes the report into a folder.</summary>
    /// <returns>Paths of the written files.</returns>
    IReadOnlyList<string> Write(ResultsDocument results, string folder);
}
