using System.CommandLine;
using PerfTests.Baselines;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Running;

namespace PerfTests.Commands;

/// <summary>Accepts a run as the baseline of its machine class, and lists the baselines.</summary>
internal static class BaselineCommand
{
    private const int Refused = 1;
    private const int Unusable = 2;

    public static Command Create()
    {
        var command = new Command("baseline", "Accept a run as a baseline, and list what there is") { Accept(), List() };
        return command;
    }

    private static Command Accept()
    {
        var results = new Argument<FileInfo>("results") { Description = "The results JSON of the run" };
        var name = new Option<string?>("--name") { Description = "The baseline's name under baselines/, or a path; default: the run's machine class" };
        var force = new Option<string?>("--force") { Description = "Accept a run that regressed, for this reason, which is kept in the file" };
        var command = new Command("accept", "Make a run the accepted baseline of its machine class") { results, name, force };
        command.SetAction(parsed => Try(() =>
        {
            var run = ResultsFile.Read(parsed.GetRequiredValue(results).FullName);
            var target = parsed.GetValue(name) ?? run.Metadata.MachineClass
                ?? throw new AcceptanceException("The run does not say of which machine class it is. Give the baseline a --name.");
            var path = BaselineFolder.OfProject.Find(target);
            Acceptance.Accept(path, RunDocument.WithoutRunDetails(run), Catalogue.Has, parsed.GetValue(force));
            Console.WriteLine($"{ProjectRoot.Relative(path)} is updated; commit it");
        }));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "List the baselines under baselines/");
        command.SetAction(_ => Try(() =>
        {
            foreach (var name in BaselineFolder.OfProject.Names())
            {
                var document = ResultsFile.Read(BaselineFolder.OfProject.Find(name));
                Console.WriteLine(FormattableString.Invariant(
                    $"{name}: {document.Metrics.Count} figures of {document.Timestamp:yyyy-MM-dd}, commit {document.Metadata.GitCommit ?? "unknown"}"));
            }
        }));
        return command;
    }

    private static int Try(Action action)
    {
        try
        {
            action();
            return 0;
        }
        catch (AcceptanceException e)
        {
            Console.Error.WriteLine(e.Message);
            return Refused;
        }
        catch (ResultsFileException e)
        {
            Console.Error.WriteLine(e.Message);
            return Unusable;
        }
    }
}
