using PerfTests.Machine;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Tracing;

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
    /// <exception cref="UnusableLibrariesException">The libraries lack an API that the benchmark calls.</exception>
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
        using var process = new TracedProcess(new TracedWork([benchmark], Repetitions: 1), TracedProcess.TimeLimit);
        var calls = process.Trace("counting system calls", thread => new Tracer(thread).Run(process.Input));
        return calls is null ? null : new SystemCallTally(process.Operations[0], calls);
    }
}
