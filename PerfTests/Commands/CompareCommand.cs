using System.CommandLine;
using PerfTests.Reporting;
using PerfTests.Results;
using PerfTests.Running;
using PerfTests.Verdicts;

namespace PerfTests.Commands;

/// <summary>Compares two results files.</summary>
internal static class CompareCommand
{
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
        var command = new Command(
            "compare",
            "Compare two results files, ours or with nothing but name, value and unit. "
            + "Exit codes: 0 nothing is worse, 1 something regressed, 2 a file cannot be used, 3 nothing can be compared (other machine class, no common rows)")
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
