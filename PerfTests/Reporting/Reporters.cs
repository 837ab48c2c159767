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
    /// <returns>Paths of the written files.</returns>
    public static IReadOnlyList<string> WriteAll(ResultsDocument results, string folder)
    {
        Directory.CreateDirectory(folder);
        return [.. s_all.SelectMany(reporter => reporter.Write(results, folder))];
    }
}
