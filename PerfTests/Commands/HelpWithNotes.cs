using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace PerfTests.Commands;

/// <summary>A command whose help ends with notes: what its exit codes mean, and examples to copy.</summary>
internal sealed class NotedCommand(string name, string description, string notes) : Command(name, description)
{
    /// <summary>The end of the help.</summary>
    public string Notes => notes;
}

/// <summary>The usual help, and a command's notes below it.</summary>
/// <param name="usual">The usual help.</param>
internal sealed class HelpWithNotes(CommandLineAction usual) : SynchronousCommandLineAction
{
    /// <summary>Has all commands below this one end their help with their notes.</summary>
    public static void AddTo(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithNotes(help.Action!);
    }

    /// <summary>Who asks for help has left out what is needed otherwise.</summary>
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
