using System.CommandLine;
using PerfTests.Baselines;
using PerfTests.Files;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Results;
using PerfTests.Running;

namespace PerfTests.Commands;

/// <summary>Accepts a run as the baseline of its machine class, and lists the baselines.</summary>
internal static class BaselineCommand
{
    private const int Refused = 1;

    public static Command Create() => new("baseline", "Accept a run as a baseline, and list what there is")
    {
        CreateAccept(), CreateList(),
    };

    private static NotedCommand CreateAccept()
    {
        var results = new Argument<string>("results") { Description = "The results JSON of the run" };
        var name = new Option<string?>("--name")
        {
            Description = "The baseline's name under baselines/, or a path; default: the run's machine class",
        };
        var force = new Option<string?>("--force")
        {
            Description = "Accept a run that regressed, for this reason, which is kept in the file",
        };
        var command = new NotedCommand("accept", "Make a run the accepted baseline of its machine class", AcceptNotes)
        {
            results, name, force,
        };
        command.SetAction(parsed => Accept(
            parsed.GetRequiredValue(results), parsed.GetValue(name), parsed.GetValue(force), parsed.InvocationConfiguration));
        return command;
    }

    private const string AcceptNotes = """
        Exit codes:
          0  accepted
          1  the run cannot become the baseline; the message says why
          2  a file is missing, is no results file, or cannot be written

        """;

    private static int Accept(string results, string? name, string? force, InvocationConfiguration console)
    {
        var run = ResultsFile.Read(results, CatalogueKeys.Known);
        LeftOutRows.Name(run, console.Error);
        try
        {
            var target = (name is { Length: > 0 } ? name : run.Metadata.MachineClass)
                ?? throw new AcceptanceException("The run does not say of which machine class it is. Give the baseline a --name.");
            var path = BaselineFolder.OfProject.Find(target);
            Acceptance.Accept(path, RunDocument.WithoutRunDetails(run), Catalogue.Has, force);
            console.Output.WriteLine($"{ProjectRoot.Relative(path)} is updated; commit it");
            return ExitCode.Fine;
        }
        catch (AcceptanceException e)
        {
            console.Error.WriteLine(e.Message);
            return Refused;
        }
    }

    private static Command CreateList()
    {
        var command = new Command("list", "List the baselines under baselines/");
        command.SetAction(parsed => List(BaselineFolder.OfProject, parsed.InvocationConfiguration));
        return command;
    }

    /// <summary>Lists every baseline that can be read, and names the others.</summary>
    internal static int List(BaselineFolder folder, InvocationConfiguration console)
    {
        var exitCode = ExitCode.Fine;
        foreach (var name in folder.Names())
        {
            try
            {
                var document = ResultsFile.Read(folder.Find(name), CatalogueKeys.Known);
                console.Output.WriteLine(SafeText.OneLine(FormattableString.Invariant(
                    $"{name}: {document.Metrics.Count} figures of {document.DayText}, commit {document.Metadata.GitCommit ?? "unknown"}")));
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
