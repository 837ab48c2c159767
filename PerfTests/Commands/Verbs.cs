using System.CommandLine;
using System.CommandLine.Invocation;
using PerfTests.Machine;
using PerfTests.Running;

namespace PerfTests.Commands;

/// <summary>Command line of the verbs. Arguments that are not for a verb go to xUnit, which runs the tests.</summary>
internal static class Verbs
{
    /// <summary>Characters that begin an argument for xUnit: an option (-), a response file (@) or a seed (:).</summary>
    private const string RunnerMarks = "-@:";

    private const string Description = """
        Performance tests of two shared-memory allocators. Run the tests with: dotnet test --filter Category=Perf
          The verbs below work on results, baselines and this machine: dotnet run --project PerfTests -- VERB
          Exit codes: 0 success, 1 regressed, refused or failed, 2 an argument or a file is wrong; VERB --help has details
        """;

    private static readonly string[] s_help = ["--help"];

    private static readonly Command[] s_commands =
    [
        CompareCommand.Create(), ReportCommand.Create(), BaselineCommand.Create(), DoctorCommand.Create(), SelfTestCommand.Create(),
        CleanCommand.Create(), TraceCommand.Create(), KillTestCommand.Create(), ExploreCommand.Create(), DriftCommand.Create(),
    ];

    /// <summary>Verbs that use Linux's shared memory and are refused on other systems.</summary>
    private static readonly string[] s_linuxOnly = ["doctor", "self-test", "clean", "kill-test", "explore"];

    /// <summary>
    /// True if there are no arguments, or if the first is a verb, a mistyped verb or a request for help. Other arguments are
    /// for xUnit.
    /// </summary>
    public static bool Owns(string[] arguments) =>
        arguments is [] or ["--help" or "-h" or "help", ..] || IsVerb(arguments[0]) || IsUnknownWord(arguments[0]);

    /// <summary>Runs a verb.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, InvocationConfiguration? console = null)
    {
        console ??= new InvocationConfiguration();
        if (arguments is [var first, ..] && first != "help" && IsUnknownWord(first))
        {
            var nearest = EditDistance.Nearest(first, s_commands.Select(command => command.Name));
            console.Error.WriteLine(
                $"'{first}' is not a verb; the nearest is '{nearest}'. List all verbs with: dotnet run --project PerfTests -- help");
            return ExitCode.UnusableInput;
        }

        var root = new RootCommand(Description);
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
            // A page of help would hide the message.
            mistake.ShowHelp = false;
        }

        var verb = parsed.CommandResult.Command;
        if (!HostSystem.IsLinux && s_linuxOnly.Contains(verb.Name) && parsed.Action == verb.Action)
        {
            console.Error.WriteLine($"{verb.Name} {HostSystem.NeedsLinux}");
            return ExitCode.UnusableInput;
        }

        var exitCode = Invoke(parsed, console);

        // System.CommandLine returns 1 for a mistyped argument, but here 1 means a regression.
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

    /// <summary>
    /// True for a mistyped verb. The name of an existing file does not count as mistyped, because the file may be a configuration
    /// of xUnit.
    /// </summary>
    private static bool IsUnknownWord(string word) =>
        !IsVerb(word) && !File.Exists(word) && (word.Length == 0 || !RunnerMarks.Contains(word[0], StringComparison.Ordinal));
}
