using System.CommandLine;
using PerfTests.Files;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Reporting.Allure;
using PerfTests.Reporting.Interchange;
using PerfTests.Results;
using PerfTests.Running;

namespace PerfTests.Commands;

/// <summary>Verb <c>report</c>: writes all reports of a results file again.</summary>
internal static class ReportCommand
{
    /// <summary>
    /// Largest number of files in one folder that are listed one by one. For a folder with more files only their number is
    /// printed.
    /// </summary>
    private const int MaxListedFiles = 16;

    private const string Notes = """
        Files that are written:
          comparison_TIME.txt              verdict, changed rows, and both allocators side by side
          report.md                        the same, as a comment for a merge request
          metrics.txt, junit.xml           OpenMetrics for GitLab; JUnit for GitLab, Jenkins and other servers
          perf.prom                        Prometheus' text format, for its collectors
          bencher.json, benchmark-*.json   input of Bencher and of github-action-benchmark
          otava.csv                        input of Apache Otava; the run is appended as a line
          benchmarkdotnet/                 BenchmarkDotNet's JSON, for ResultsComparer of dotnet/performance
          allure-results/                  input of PerfTests/Reporting/AllureReport/build, which builds the visual report

        Exit codes:
          0  the reports are written; rows with an invalid unit or value are named and left out
          2  the results file cannot be read, the folder cannot be written, or an argument is wrong

        Example:
          dotnet run --project PerfTests -- report TestResults/perf/results.json --output reports

        """;

    public static Command Create()
    {
        var results = new Argument<string>("results")
        {
            Description = "Results file, such as TestResults/perf/results.json, or the journal of an interrupted run (*.journal.jsonl)",
        };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Folder to write to [default: the folder of the results file; for Allure the one in allureConfig.json]",
        };
        var command = new NotedCommand("report", "Write all reports of a results file again", Notes)
        {
            results,
            output,
        };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(results), parsed.GetValue(output), parsed.InvocationConfiguration));
        return command;
    }

    private static int Run(string file, string? output, InvocationConfiguration console)
    {
        var document = RunJournal.IsJournal(file) ? RunJournal.Read(file) : ResultsFile.Read(file, CatalogueKeys.Known);
        LeftOutRows.Name(document, console.Error);
        var folder = Path.GetFullPath(output is { Length: > 0 } ? output : Path.GetDirectoryName(Path.GetFullPath(file))!);
        AtomicFile.RequireFolder(folder);
        var allure = new AllureReporter(output is null ? AllureConfiguration.Read().Directory : null);
        string[] written =
        [
            .. Reporters.WriteAll(document, folder), .. new JUnitReporter().Write(document, folder), .. allure.Write(document, folder),
        ];
        foreach (var directory in written.GroupBy(path => Path.GetDirectoryName(path)))
        {
            console.Output.WriteLine(directory.Count() > MaxListedFiles
                ? $"written: {CountText.Of(directory.Count(), "file")} in {directory.Key}"
                : string.Join('\n', directory.Select(path => $"written: {path}")));
        }

        return ExitCode.Success;
    }
}
