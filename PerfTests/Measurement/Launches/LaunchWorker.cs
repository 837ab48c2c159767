using PerfTests.ChildProcesses;
using PerfTests.Machine;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Launches;

[assembly: ChildProcess<LaunchWorker>(LaunchWorker.Verb)]

namespace PerfTests.Measurement.Launches;

/// <summary>Work of the process that <see cref="LaunchProcess"/> starts: measures one plan after another until its input ends.</summary>
internal sealed class LaunchWorker : IChildProcess
{
    /// <summary>Verb of the test executable that starts this work.</summary>
    public const string Verb = "measure-in-fresh-process";

    /// <summary>Measures plans from the standard input until it ends.</summary>
    public static int Run(string[] arguments)
    {
        using var responses = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };

        // Only responses may go to the pipe. Everything else that is printed goes to the standard error.
        Console.SetOut(Console.Error);
        while (Console.In.ReadLine() is { } line)
        {
            responses.WriteLine(LaunchMessage.Write(Measure(line)));
        }

        return 0;
    }

    private static LaunchMessage.Response Measure(string line)
    {
        var request = LaunchMessage.ReadRequest(line);
        try
        {
            var run = BenchmarkHost.Run(request.Plan);
            return new(run.Samples, null, null, request.Number, request.WantsReport ? BenchmarkReport.Of(run.Summary) : null);
        }
        catch (UnusableLibrariesException e)
        {
            return new(null, e.Reason, e.Side, request.Number, LacksApi: e.LacksApi);
        }
        catch (CannotMeasureHereException e)
        {
            return new(null, null, null, request.Number, Shortage: e.Message);
        }
        catch (Exception e)
        {
            return new(null, e.ToString(), null, request.Number);
        }
    }
}
