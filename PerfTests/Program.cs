using PerfTests.Commands;
using PerfTests.Measurement.Launches;
using PerfTests.SelfTest;
using Xunit.Runner.InProc.SystemConsole;

namespace PerfTests;

internal static class Program
{
    /// <summary>The test executable: a verb of the suite, or else xUnit's own command line.</summary>
    private static async Task<int> Main(string[] arguments) => arguments switch
    {
        [LaunchWorker.Verb] => LaunchWorker.Serve(),
        [SpinningNeighbour.Verb] => SpinningNeighbour.Spin(),
        _ when Verbs.Owns(arguments) => Verbs.Run(arguments),
        _ => await ConsoleRunner.Run(arguments),
    };
}
