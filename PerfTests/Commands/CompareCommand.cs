using System.CommandLine;
using PerfTests.Baselines;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Results;
using PerfTests.Running;
using PerfTests.Verdicts;

namespace PerfTests.Commands;

/// <summary>Verb <c>compare</c>: compares two results files row by row.</summary>
internal static class CompareCommand
{
    private const string Notes = """
        Each file is the results of a run (TestResults/perf/results.json), a baseline, or any JSON with "metrics" that have a
        name, a value and a unit, such as "nanoseconds" or "ns". In a file without "schema_version" other keys are ignored.
        The verb only compares the stored values and measures nothing. A row has regressed if its value in "after" is worse
        than in "before" by more than its limit. In files of this suite, the limit is the tolerance minus 3 percentage points,
        but at least half of the tolerance, because noise can hide 3 points: 7 % for a tolerance of 10 %. In other files, the
        limit is the tolerance.

        Exit codes:
          0  every row of both files is compared, and none has regressed
          1  at least one row has regressed
          2  a file cannot be read, or an argument is wrong
          3  no row has regressed, but some cannot be compared: a row is in one file only, its unit or value is invalid, or the
             files are of different machine classes; each such row is named with the reason

        Examples:
          dotnet run --project PerfTests -- compare before.json after.json
          dotnet run --project PerfTests -- compare baselines/local/FILE.json TestResults/perf/results.json --tolerance 5

        """;

    private const double MaxPercent = 1_000_000;

    public static Command Create()
    {
        var before = new Argument<string>("before") { Description = "Results or baseline file to compare with" };
        var after = new Argument<string>("after") { Description = "Results file to judge" };
        var tolerance = NumberOption.CreateOptional(
            "--tolerance",
            "-t",
            "Slowdown in percent that counts as a regression despite noise [default: as in perfsettings.json]",
            0.0,
            MaxPercent);
        var command = new NotedCommand("compare", "Compare two results files and list the rows that became worse", Notes)
        {
            before,
            after,
            tolerance,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(before), parsed.GetRequiredValue(after), parsed.GetValue(tolerance), parsed.InvocationConfiguration));
        return command;
    }

    private static int Run(string before, string after, double? percent, InvocationConfiguration console)
    {
        var settings = SettingsFile.Read();
        var (earlier, later) = (ResultsFile.Read(before, CatalogueKeys.Known), ResultsFile.Read(after, CatalogueKeys.Known));
        var comparison = FileComparison.Of(
            earlier,
            later,
            row => percent is { } own ? new Tolerance(own, 0) : row is null ? DefaultTolerances.Stored : settings.StoredTolerance(row));
        console.Output.WriteLine($"before: {Origin(before, earlier)}\nafter:  {Origin(after, later)}\n");
        console.Output.WriteLine(ComparisonTable.Render(comparison));
        if (comparison.WhyNotComparable is { } reason)
        {
            console.Error.WriteLine($"Not comparable: {reason}");
            return ExitCode.NotComparable;
        }

        return comparison.HasRegressed ? ExitCode.Regressed
            : comparison.NotComparableCount > 0 ? ExitCode.NotComparable
            : ExitCode.Success;
    }

    private static string Origin(string path, ResultsDocument document) =>
        SafeText.OneLine($"{path} of {document.TimeText}, commit {document.Metadata.GitCommit ?? "unknown"}");
}
