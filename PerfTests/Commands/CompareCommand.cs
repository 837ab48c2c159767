using System.CommandLine;
using PerfTests.Baselines;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Results;
using PerfTests.Running;
using PerfTests.Verdicts;

namespace PerfTests.Commands;

/// <summary>Compares two results files.</summary>
internal static class CompareCommand
{
    private const string Notes = """
        Files:
          What a run writes (TestResults/perf/results.json), a baseline, or any JSON with "metrics" that have a name, a value
          and a unit, such as "nanoseconds" or "ns"; other keys are ignored where the file has no "schema_version".
          Nothing is measured again: what is worse by more than the tolerance counts as regressed.

        Exit codes:
          0  every row of both files was compared, and none is worse by more than its tolerance
          1  at least one row is worse by more than its tolerance
          2  a file is missing or is no results file, or the arguments make no sense
          3  no row is worse, but some cannot be compared: only one file has them, their unit or value cannot be used,
             or the files are of different machine classes; each is named with the reason

        Examples:
          dotnet run --project PerfTests -- compare before.json after.json
          dotnet run --project PerfTests -- compare baselines/local/FILE.json TestResults/perf/results.json --tolerance 5

        """;

    private const double MostPercent = 1_000_000;

    public static Command Create()
    {
        var before = new Argument<string>("before") { Description = "The results or baseline file to compare with" };
        var after = new Argument<string>("after") { Description = "The results file to judge" };
        var tolerance = NumberOption.CreateOptional(
            "--tolerance", "-t", "How much worse a figure may be, in percent [default: what perfsettings.json says]", 0.0, MostPercent);
        var command = new NotedCommand("compare", "Say of two results files which figures became worse", Notes)
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
            : ExitCode.Fine;
    }

    private static string Origin(string path, ResultsDocument document) =>
        SafeText.OneLine($"{path} of {document.TimeText}, commit {document.Metadata.GitCommit ?? "unknown"}");
}
