using PerfTests.ChildProcesses;
using PerfTests.Commands;
using Xunit.Runner.InProc.SystemConsole;

namespace PerfTests;

internal static class Program
{
    /// <summary>Runs a child process of the suite, a verb for users, or else xUnit's own command line.</summary>
    private static async Task<int> Main(string[] arguments) =>
        ChildVerbs.Find(arguments) is { } child ? child.Run(arguments[1..])
        : Verbs.Owns(arguments) ? Verbs.Run(arguments)
        : await ConsoleRunner.Run(arguments);
}
