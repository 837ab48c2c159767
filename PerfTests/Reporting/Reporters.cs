using PerfTests.Reporting.Interchange;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>Writes the formats that every run leaves behind.</summary>
public static class Reporters
{
    private static readonly IReporter[] s_all =
    [
        new ComparisonTextReporter(),
        new MarkdownReporter(),
        new OpenMetricsReporter(),
        new BencherReporter(),
        new GithubActionBenchmarkReporter(),
        new OtavaReporter(),
    ];

    /// <summary>Writes all formats into a folder, which is created if it does not exist.</summary>
    /// <returns>Paths of the written files.</returns>
    public static IReadOnlyList<string> WriteAll(ResultsDocument results, string folder)
    {
        Directory.CreateDirectory(folder);
        return [.. s_all.SelectMany(reporter => reporter.Write(results, folder))];
    }
}
