using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>
/// Writes one format. A report is written from the results alone, so that it can be made again later from a
/// results file.
/// </summary>
public interface IReporter
{
    /// <summary>Writes the report into a folder.</summary>
    /// <returns>The files that were written.</returns>
    IReadOnlyList<string> Write(ResultsDocument results, string folder);
}
