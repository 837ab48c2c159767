using PerfTests.ChildProcesses;
using PerfTests.Machine;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Launches;

[assembly: ChildProcess<LaunchWorker>(LaunchWorker.Verb)]

namespace PerfTests.Measurement.Launches;

/// <summary>The other end of <see cref="LaunchProcess"/>: measures one plan after another until its input ends.</summary>
internal sealed class LaunchWorker : IChildProcess
{
    /// <summary>The verb that makes the test executable a worker; not for people.</summary>
    public const string Verb = "measure-in-fresh-process";

    /// <summary>Measures plans from the standard input until it ends.</summary>
    public static int Run(string[] arguments)
    {
        using var answers = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };

        // The pipe is for answers alone: whatever else is printed goes to the standard error.
        Console.SetOut(Console.Error);
        while (Console.In.ReadLine() is { } line)
        {
            answers.WriteLine(LaunchMessage.Write(Measure(line)));
        }

        return 0;
    }

    private static LaunchMessage.Response Measure(string line)
    {
        var question = LaunchMessage.ReadRequest(line);
        try
        {
            var run = BenchmarkHost.Run(question.Plan);
            return new(run.Samples, null, null, question.Number, question.WantsReport ? BenchmarkReport.Of(run.Summary) : null);
        }
        catch (MissingApiException e)
        {
            return new(null, e.Message, e.Side, question.Number);
        }
        catch (CannotMeasureHereException e)
        {
            return new(null, null, null, question.Number, Lack: e.Message);
        }
        catch (Exception e)
        {
            return new(null, e.ToString(), null, question.Number);
        }
    }
}
