using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace PerfTests.Commands;

/// <summary>Command whose help ends with its exit codes and with an example to copy.</summary>
internal sealed class NotedCommand(string name, string description, string notes) : Command(name, description)
{
    /// <summary>Text at the end of the help.</summary>
    public string Notes => notes;
}

/// <summary>Prints the standard help of a command and then its notes.</summary>
/// <param name="usual">Action that prints the standard help.</param>
internal sealed class HelpWithNotes(CommandLineAction usual) : SynchronousCommandLineAction
{
    /// <summary>Adds the notes to the help of all commands below a root command.</summary>
    public static void AddTo(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithNotes(help.Action!);
    }

    /// <summary>True, because a request for help may leave required arguments out.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = ((SynchronousCommandLineAction)usual).Invoke(parseResult);
        if (parseResult.CommandResult.Command is NotedCommand command)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(command.Notes);
        }

        return exitCode;
    }
}
