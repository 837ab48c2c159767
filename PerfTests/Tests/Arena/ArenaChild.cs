using PerfTests.ChildProcesses;
using PerfTests.Tests.Arena;
using PerfTests.Tests.Arena.Fuzz;
using PerfTests.Tests.Arena.Kill;
using PerfTests.Tests.Arena.Stress;

[assembly: ChildProcess<ArenaChild>(ArenaChild.Verb)]

namespace PerfTests.Tests.Arena;

/// <summary>
/// Entry point of the child processes that arena tests start: this executable with <see cref="Verb"/> as its first argument.
/// </summary>
internal sealed class ArenaChild : IChildProcess
{
    internal const string Verb = "arena-test-child";

    /// <summary>Runs a task.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments) => arguments switch
    {
        [LayoutReport.Task, var name] => LayoutReport.Write(name, Console.Out),
        [FuzzChild.Task, .. var rest] => FuzzChild.Run(FuzzRun.Parse(rest)),
        [StressChild.Task, .. var rest] => StressChild.Run(rest),
        [ForkChild.Task, var name, var byteCount] => ForkChild.Run(name, byteCount),
        [PrefaultChild.Task, var name] => PrefaultChild.Run(name),
        [KillSessionChild.Task] => KillSessionChild.Run(),
        [OtherSystemChild.Task] => OtherSystemChild.Run(),
        _ => throw new ArgumentException($"Unknown task: {string.Join(' ', arguments)}", nameof(arguments)),
    };
}
