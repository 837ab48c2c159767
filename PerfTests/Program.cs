using PerfTests.Commands;
using PerfTests.KillTest.Workers;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Launches;
using PerfTests.Measurement.SystemCalls;
using PerfTests.Metrics.Scenarios.CrossProcess;
using PerfTests.SelfTest;
using PerfTests.Tests.Arena;
using Xunit.Runner.InProc.SystemConsole;

namespace PerfTests;

internal static class Program
{
    /// <summary>The test executable: a verb of the suite, or else xUnit's own command line.</summary>
    private static async Task<int> Main(string[] arguments) => arguments switch
    {
        [LaunchWorker.Verb] => LaunchWorker.Serve(),
        [TracedWorker.Verb] => TracedWorker.Serve(),
        [SpinningNeighbour.Verb] => SpinningNeighbour.Spin(),
        [ArenaChild.Verb, .. var task] => ArenaChild.Run(task),
        [TransferReader.Verb, var libraries, var signals, var data] => ServeWriter(libraries, signals, data),
        [ForkServer.Verb, var libraries, .. var rest] => ForkServer.Serve(libraries, rest),
        _ when Verbs.Owns(arguments) => Verbs.Run(arguments),
        _ => await ConsoleRunner.Run(arguments),
    };

    /// <summary>With the libraries of the writer's version.</summary>
    private static int ServeWriter(string libraries, string signals, string data) =>
        (int)LibraryCopy.Get(libraries, 0).GetScenarioType(typeof(TransferReader).FullName!).GetMethod(nameof(TransferReader.Serve))!.Invoke(null, [signals, data])!;
}
