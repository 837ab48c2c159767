using System.CommandLine;
using PerfTests.Files;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Reporting.Allure;
using PerfTests.Reporting.Interchange;
using PerfTests.Results;
using PerfTests.Running;

namespace PerfTests.Commands;

/// <summary>Writes every report again from a results file.</summary>
internal static class ReportCommand
{
    /// <summary>A folder with more files than this is named as a whole.</summary>
    private const int MostNamed = 16;

    private const string Notes = """
        Files that are written:
          comparison_TIME.txt              the verdict, what changed, original against arena
          report.md                        the same as a merge-request comment
          metrics.txt, junit.xml           OpenMetrics and JUnit, for GitLab and others
          bencher.json, benchmark-*.json   Bencher, github-action-benchmark
          otava.csv                        Apache Otava; the run's line is added to the file
          allure-results/                  for PerfTests/Reporting/AllureReport/build, which makes the visual report

        Exit codes:
          0  written; rows that cannot be used are named and left out
          2  the file is missing or is no results file, or the folder cannot be written

        Example:
          dotnet run --project PerfTests -- report TestResults/perf/results.json --output reports

        """;

    public static Command Create()
    {
        var results = new Argument<string>("results") { Description = "A results file, such as TestResults/perf/results.json, or the journal of a run that was cut short" };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "The folder to write into [default: that of the results file; Allure's results go where allureConfig.json says]",
        };
        var command = new NotedCommand("report", "Write every report again from a results file", Notes)
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
            console.Output.WriteLine(directory.Count() > MostNamed
                ? FormattableString.Invariant($"written: {directory.Count()} files in {directory.Key}")
                : string.Join('\n', directory.Select(path => $"written: {path}")));
        }

        console.Output.WriteLine("skipped: BenchmarkDotNet's full JSON, which only the run that measured can write");
        return ExitCode.Fine;
    }
}
