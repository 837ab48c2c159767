using System.CommandLine;
using PerfTests.Baselines;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Results;
using PerfTests.Running;

namespace PerfTests.Commands;

/// <summary>Verb <c>baseline</c>: accepts a run as the baseline of its machine class, and lists the baselines.</summary>
internal static class BaselineCommand
{
    private const int Refused = 1;

    private const string AcceptNotes = """
        Exit codes:
          0  the run is the baseline now; commit the file. Rows that could not be judged keep their earlier entry and are named
          1  the run cannot become the baseline, or no row could be judged; the message says why
          2  a file cannot be read or written, or an argument is wrong

        Example:
          dotnet run --project PerfTests -- baseline accept TestResults/perf/results.json

        """;

    private const string ListNotes = """
        Exit codes:
          0  all baselines are listed
          2  a baseline cannot be read; the other baselines are listed

        Example:
          dotnet run --project PerfTests -- baseline list

        """;

    public static Command Create() => new("baseline", "Accept a run as a baseline, or list the baselines")
    {
        CreateAccept(), CreateList(),
    };

    private static NotedCommand CreateAccept()
    {
        var results = new Argument<string>("results") { Description = "Results file of the run, such as TestResults/perf/results.json" };
        var name = new Option<string?>("--name")
        {
            Description = "Name of the baseline under baselines/, or a path [default: the run's machine class]",
        };
        var force = new Option<string?>("--force")
        {
            Description = "Accept the run although it regressed; the text is the reason and is stored in the baseline",
        };
        var command = new NotedCommand("accept", "Accept a run as the baseline of its machine class", AcceptNotes)
        {
            results, name, force,
        };
        command.SetAction(parsed => Accept(
            parsed.GetRequiredValue(results), parsed.GetValue(name), parsed.GetValue(force), parsed.InvocationConfiguration));
        return command;
    }

    private static int Accept(string results, string? name, string? force, InvocationConfiguration console)
    {
        var run = ResultsFile.Read(results, CatalogueKeys.Known);
        LeftOutRows.Name(run, console.Error);
        try
        {
            var target = (name is { Length: > 0 } ? name : run.Metadata.MachineClass)
                ?? throw new AcceptanceException("The results file names no machine class. Name the baseline: --name NAME.");
            var path = BaselineFolder.OfProject.Find(target);
            var consent = Consent.For(force, Setting.UpdateBy.Text);
            var outcome = Acceptance.Accept(path, RunDocument.WithoutRunDetails(run), Catalogue.Has, consent);
            foreach (var line in AcceptanceText.Lines(outcome, path, consent))
            {
                console.Output.WriteLine(SafeText.OneLine(line));
            }

            return outcome.Accepted.Count > 0 ? ExitCode.Success : Refused;
        }
        catch (AcceptanceException e)
        {
            console.Error.WriteLine(e.Message);
            return Refused;
        }
    }

    private static Command CreateList()
    {
        var command = new NotedCommand("list", "List the baselines under baselines/", ListNotes);
        command.SetAction(parsed => List(BaselineFolder.OfProject, parsed.InvocationConfiguration));
        return command;
    }

    /// <summary>Lists the baselines, and reports the baselines that cannot be read.</summary>
    /// <returns>The exit code.</returns>
    internal static int List(BaselineFolder folder, InvocationConfiguration console)
    {
        var exitCode = ExitCode.Success;
        foreach (var name in folder.Names())
        {
            try
            {
                var document = ResultsFile.Read(folder.Find(name), CatalogueKeys.Known);
                console.Output.WriteLine(SafeText.OneLine(FormattableString.Invariant(
                    $"{name}: {CountText.Of(document.Metrics.Count, "row")} of {document.DayText}, ")
                    + $"commit {document.Metadata.GitCommit ?? "unknown"}"));
                LeftOutRows.Name(document, console.Error);
            }
            catch (ResultsFileException e)
            {
                console.Error.WriteLine(e.Message);
                exitCode = ExitCode.UnusableInput;
            }
        }

        return exitCode;
    }
}
