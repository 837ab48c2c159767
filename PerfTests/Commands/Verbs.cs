using System.CommandLine;
using System.CommandLine.Invocation;
using PerfTests.Machine;

namespace PerfTests.Commands;

/// <summary>The verbs beside running tests.</summary>
internal static class Verbs
{
    /// <summary>First characters of what xUnit's own command line begins with: an option, a response file or a seed.</summary>
    private const string RunnerMarks = "-@:";

    private static readonly string[] s_help = ["--help"];

    private static readonly Command[] s_commands =
    [
        CompareCommand.Create(), ReportCommand.Create(), BaselineCommand.Create(), DoctorCommand.Create(), SelfTestCommand.Create(),
        CleanCommand.Create(), TraceCommand.Create(), KillTestCommand.Create(),
    ];

    /// <summary>Verbs that make shared memory or look for it.</summary>
    private static readonly string[] s_linuxOnly = ["doctor", "self-test", "clean", "kill-test"];

    /// <summary>True if the arguments are for this command line, and not for xUnit's own: none, a verb, or a word that is none.</summary>
    public static bool Owns(string[] arguments) =>
        arguments is [] or ["--help" or "-h" or "help", ..] || IsVerb(arguments[0]) || IsUnknownWord(arguments[0]);

    /// <summary>Runs a verb.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, InvocationConfiguration? console = null)
    {
        console ??= new InvocationConfiguration();
        if (arguments is [var first, ..] && first != "help" && IsUnknownWord(first))
        {
            var nearest = NearestVerb.Of(first, s_commands.Select(command => command.Name));
            console.Error.WriteLine(
                $"'{first}' is not a verb; the nearest is '{nearest}'. List all verbs with: dotnet run --project PerfTests -- help");
            return ExitCode.UnusableInput;
        }

        var root = new RootCommand("Performance tests of two shared-memory allocators. Run them with: dotnet test --filter Category=Perf");
        foreach (var command in s_commands)
        {
            root.Add(command);
        }

        HelpWithNotes.AddTo(root);
        var parsed = root.Parse(arguments switch
        {
            [] => s_help,
            ["help", .. var rest] => [.. rest, .. s_help],
            _ => arguments,
        });
        if (parsed.Action is ParseErrorAction mistake)
        {
            // The sentence must not drown in a page of help.
            mistake.ShowHelp = false;
        }

        var verb = parsed.CommandResult.Command;
        if (!HostSystem.IsLinux && s_linuxOnly.Contains(verb.Name) && parsed.Action == verb.Action)
        {
            console.Error.WriteLine($"{verb.Name} {HostSystem.NeedsLinux}");
            return ExitCode.UnusableInput;
        }

        var exitCode = Invoke(parsed, console);

        // A mistyped argument must not look like a regression.
        return parsed.Errors.Count > 0 ? ExitCode.UnusableInput : exitCode;
    }

    private static int Invoke(ParseResult parsed, InvocationConfiguration console)
    {
        console.EnableDefaultExceptionHandler = false;
        try
        {
            return parsed.Invoke(console);
        }
        catch (Exception e) when (InputFault.Explain(parsed.CommandResult.Command.Name, e) is { } sentence)
        {
            console.Error.WriteLine(sentence);
            return ExitCode.UnusableInput;
        }
    }

    private static bool IsVerb(string word) => Array.Exists(s_commands, command => command.Name == word);

    /// <summary>A file may be one of xUnit's own configuration.</summary>
    private static bool IsUnknownWord(string word) =>
        !IsVerb(word) && !File.Exists(word) && (word.Length == 0 || !RunnerMarks.Contains(word[0], StringComparison.Ordinal));
}
