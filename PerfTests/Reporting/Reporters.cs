using PerfTests.Reporting.Interchange;
using PerfTests.Reporting.Prometheus;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>Writes the reports that every run leaves behind, in all their formats.</summary>
public static class Reporters
{
    private static readonly IReporter[] s_all =
    [
        new ComparisonTextReporter(),
        new MarkdownReporter(),
        new OpenMetricsReporter(),
        new PrometheusReporter(),
        new BencherReporter(),
        new GithubActionBenchmarkReporter(),
        new OtavaReporter(),
        new BenchmarkDotNetReporter(),
    ];

    /// <summary>Writes all reports into a folder. The folder is created if it does not exist.</summary>
    /// <param name="results">Results to report.</param>
    /// <param name="folder">Folder of the reports.</param>
    /// <param name="onFailure">
    /// Receives the error of a report that cannot be written; the other reports are written all the same. If null, the error is thrown.
    /// </param>
    /// <returns>Paths of the written files.</returns>
    public static IReadOnlyList<string> WriteAll(ResultsDocument results, string folder, Action<Exception>? onFailure = null)
    {
        Directory.CreateDirectory(folder);
        var written = new List<string>();
        foreach (var reporter in s_all)
        {
            try
            {
                written.AddRange(reporter.Write(results, folder));
            }
            catch (Exception e) when (onFailure is not null && e is (IOException or UnauthorizedAccessException or ResultsFileException))
            {
                onFailure(e);
            }
        }

        return written;
    }
}
