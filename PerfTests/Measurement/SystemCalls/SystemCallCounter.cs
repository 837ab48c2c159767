using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PerfTests.ChildProcesses;
using PerfTests.Machine;
using PerfTests.Measurement.Benchmarks;

namespace PerfTests.Measurement.SystemCalls;

/// <summary>
/// Counts the system calls of a benchmark exactly. A child process runs the benchmark between two marker calls, and this process
/// stops the child at each system call. Needs Linux 5.3 and permission to use ptrace, but no privileges and no other program.
/// </summary>
internal static class SystemCallCounter
{
    /// <summary>Maximum number of attempts. If a signal arrives, its handler makes system calls too, so the count is repeated.</summary>
    private const int Attempts = 5;

    /// <summary>Counts the system calls of one invocation.</summary>
    /// <exception cref="CannotMeasureHereException">This system refuses ptrace, or a signal disturbed every attempt.</exception>
    /// <exception cref="MissingApiException">The libraries lack an API that the benchmark calls.</exception>
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

        throw new CannotMeasureHereException($"a signal disturbed each of {Attempts} attempts to count system calls; run again later");
    }

    /// <returns>Null if a signal arrived during the count.</returns>
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
                    TracedWorker.MissingApiExitCode =>
                        new MissingApiException(benchmark.Side, new MissingMemberException(errors.Result.Trim())),
                    TracedWorker.ShortageExitCode => new CannotMeasureHereException(errors.Result.Trim()),
                    _ => new BenchmarkFailedException($"The traced process exited before it was ready. {errors.Result}"),
                };
            }

            var tracer = new Tracer(int.Parse(thread, CultureInfo.InvariantCulture), child.StandardInput);
            var calls = tracer.Run();
            child.WaitForExit();
            return child.ExitCode != 0
                ? throw new BenchmarkFailedException($"The traced process exited with code {child.ExitCode}. {errors.Result}")
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
