using System.CommandLine;
using PerfTests.Measurement.Machine;

namespace PerfTests.Commands;

/// <summary>The verbs beside running tests.</summary>
internal static class Verbs
{
    private static readonly Command[] s_commands =
    [
        CompareCommand.Create(), ReportCommand.Create(), BaselineCommand.Create(), DoctorCommand.Create(), SelfTestCommand.Create(),
        CleanCommand.Create(), TraceCommand.Create(), KillTestCommand.Create(),
    ];

    /// <summary>Verbs that make shared memory or look for it.</summary>
    private static readonly string[] s_linuxOnly = ["doctor", "self-test", "clean", "kill-test"];

    /// <summary>True if the arguments are for this command line, and not for xUnit's own.</summary>
    public static bool Owns(string[] arguments) =>
        arguments is ["--help" or "-h" or "help", ..] || (arguments.Length > 0 && s_commands.Any(command => command.Name == arguments[0]));

    /// <summary>Runs a verb.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, InvocationConfiguration? console = null)
    {
        var root = new RootCommand("Performance tests of two shared-memory allocators. Run them with: dotnet test --filter Category=Perf");
        foreach (var command in s_commands)
        {
            root.Add(command);
        }

        HelpWithNotes.AddTo(root);
        var parsed = root.Parse(arguments is ["help", .. var rest] ? [.. rest, "--help"] : arguments);
        var verb = parsed.CommandResult.Command;
        if (!HostSystem.IsLinux && s_linuxOnly.Contains(verb.Name) && parsed.Action == verb.Action)
        {
            Console.Error.WriteLine($"{verb.Name} {HostSystem.NeedsLinux}");
            return ExitCode.UnusableInput;
        }

        var exitCode = parsed.Invoke(console);

        // A mistyped argument must not look like a regression.
        return parsed.Errors.Count > 0 ? ExitCode.UnusableInput : exitCode;
    }
}
