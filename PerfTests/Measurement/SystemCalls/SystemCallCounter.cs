using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PerfTests.Machine;
using PerfTests.Measurement.Benchmarks;
using PerfTests.ChildProcesses;

namespace PerfTests.Measurement.SystemCalls;

/// <summary>
/// Counts the system calls of a benchmark exactly: a child runs it between two marks while this process stops it at
/// each call. It takes no privilege and no other program, but a kernel from Linux 5.3 on that allows ptrace.
/// </summary>
internal static class SystemCallCounter
{
    /// <summary>A signal that arrives meanwhile makes calls of its own; then it is counted again.</summary>
    private const int Attempts = 5;

    /// <exception cref="CannotMeasureHereException">Tracing is refused here.</exception>
    /// <exception cref="MissingApiException">The libraries do not have what the benchmark calls.</exception>
    /// <exception cref="BenchmarkFailedException">The benchmark failed.</exception>
    public static SystemCallTally Count(SubjectSpecification benchmark)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (CountOnce(benchmark) is { } tally)
            {
                return tally;
            }
        }

        throw new CannotMeasureHereException($"in each of {Attempts} attempts a signal disturbed the counting");
    }

    /// <returns>Null if a signal arrived meanwhile.</returns>
    private static SystemCallTally? CountOnce(SubjectSpecification benchmark)
    {
        var start = TestExecutable.StartInfo(TracedWorker.Verb);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        using var child = Process.Start(start) ?? throw new InvalidOperationException($"Cannot start {start.FileName}.");
        var errors = child.StandardError.ReadToEndAsync();
        try
        {
            child.StandardInput.WriteLine(JsonSerializer.Serialize(benchmark));
            child.StandardInput.Flush();
            if (child.StandardOutput.ReadLine()?.Split(' ') is not [TracedWorker.Ready, var thread, var operations])
            {
                child.WaitForExit();
                throw child.ExitCode switch
                {
                    TracedWorker.MissingApi => new MissingApiException(benchmark.Side, new MissingMemberException(errors.Result.Trim())),
                    TracedWorker.Lacking => new CannotMeasureHereException(errors.Result.Trim()),
                    _ => new BenchmarkFailedException($"The process whose system calls were to be counted did not get ready. {errors.Result}"),
                };
            }

            var tracer = new Tracer(int.Parse(thread, CultureInfo.InvariantCulture), child.StandardInput);
            var calls = tracer.Run();
            child.WaitForExit();
            return child.ExitCode != 0
                ? throw new BenchmarkFailedException($"The process whose system calls were counted failed. {errors.Result}")
                : calls is null ? null : new SystemCallTally(long.Parse(operations, CultureInfo.InvariantCulture), calls);
        }
        finally
        {
            if (!child.HasExited)
            {
                child.Kill();
                child.WaitForExit();
            }
        }
    }
}
