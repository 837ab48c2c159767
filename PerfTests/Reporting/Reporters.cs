using PerfTests.Reporting.Interchange;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>Every format that a run leaves behind.</summary>
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

    /// <summary>Writes them all.</summary>
    /// <returns>The files that were written.</returns>
    public static IReadOnlyList<string> WriteAll(ResultsDocument results, string folder)
    {
        Directory.CreateDirectory(folder);
        return [.. s_all.SelectMany(reporter => reporter.Write(results, folder))];
    }
}
