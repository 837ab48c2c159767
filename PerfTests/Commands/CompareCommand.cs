using System.CommandLine;
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
          and a unit. Nothing is measured again: what is worse by more than the tolerance counts as regressed.

        Exit codes:
          0  no figure is worse by more than its tolerance
          1  at least one is
          2  a file is missing or is no results file, or the arguments make no sense
          3  nothing can be compared: other machine classes, or no row in common

        Examples:
          dotnet run --project PerfTests -- compare before.json after.json
          dotnet run --project PerfTests -- compare baselines/local/FILE.json TestResults/perf/results.json --tolerance 5

        """;

    public static Command Create()
    {
        var before = new Argument<string>("before") { Description = "The results or baseline file to compare with" };
        var after = new Argument<string>("after") { Description = "The results file to judge" };
        var tolerance = new Option<double?>("--tolerance", "-t")
        {
            Description = "How much worse a figure may be, in percent [default: what perfsettings.json says]",
        };
        tolerance.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<double?>() is not (>= 0 and <= 1_000_000))
            {
                result.AddError("--tolerance takes a number from 0 to 1,000,000");
            }
        });
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
        try
        {
            var settings = SettingsFile.Read();
            var comparison = FileComparison.Of(
                ResultsFile.Read(before),
                ResultsFile.Read(after),
                row => percent is { } own ? new Tolerance(own, 0) : row is null ? DefaultTolerances.Stored : settings.StoredTolerance(row));
            console.Output.WriteLine(ComparisonTable.Render(comparison));
            if (comparison.WhyNotComparable is { } reason)
            {
                console.Error.WriteLine($"Not comparable: {reason}");
                return ExitCode.NotComparable;
            }

            return comparison.HasRegressed ? ExitCode.Regressed : ExitCode.Fine;
        }
        catch (Exception e) when (e is ResultsFileException or SettingException)
        {
            console.Error.WriteLine(e.Message);
            return ExitCode.UnusableInput;
        }
    }
}
