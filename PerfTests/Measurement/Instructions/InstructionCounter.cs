using PerfTests.Files;
using PerfTests.Machine;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Tracing;

namespace PerfTests.Measurement.Instructions;

/// <summary>
/// Counts the instructions of benchmarks exactly. A child process runs each benchmark between two marker calls, and this process
/// single-steps the thread that runs it. Needs permission to use ptrace, but no privileges and no other program.
/// </summary>
internal static class InstructionCounter
{
    /// <summary>Maximum number of repetitions. Two that give the same number end the count.</summary>
    private const int Repetitions = 6;

    /// <summary>Counts the instructions of one invocation of each benchmark. All run in one process, one after the other.</summary>
    /// <exception cref="CannotMeasureHereException">
    /// This system refuses ptrace, this processor cannot be single-stepped, or no two repetitions gave the same number.
    /// </exception>
    /// <exception cref="UnusableLibrariesException">The libraries of a side cannot run the benchmark.</exception>
    /// <exception cref="BenchmarkFailedException">A benchmark failed.</exception>
    public static IReadOnlyList<InstructionCount> Count(params IReadOnlyList<SubjectSpecification> benchmarks)
    {
        ProgramCounter.RequireSingleStepping();
        using var maps = new TemporaryFolder();
        using var process = new TracedProcess(
            new TracedWork(benchmarks, Repetitions),
            TracedProcess.TimeLimit,
            ("DOTNET_PerfMapEnabled", "3"),
            ("DOTNET_PerfMapShowOptimizationTiers", "0"),
            ("DOTNET_PerfMapJitDumpPath", maps.Path));
        var steps = process.Trace("counting instructions", thread => CountAll(process, thread, benchmarks));
        var methods = MethodMap.Read(Path.Combine(maps.Path, $"perf-{process.Id}.map"));
        return
        [
            .. steps.Select((counted, side) =>
                new InstructionCount(process.Operations[side], counted.Values.Sum(), methods.Total(counted))),
        ];
    }

    /// <returns>For each benchmark, the number of executions of each instruction, by address.</returns>
    private static Dictionary<ulong, long>[] CountAll(
        TracedProcess process, TracedThread thread, IReadOnlyList<SubjectSpecification> benchmarks)
    {
        var stepper = new Stepper(thread, process.MarkerAddress);
        stepper.Attach(process.Input);
        var counts = benchmarks.Select(_ => new List<Dictionary<ulong, long>>()).ToArray();
        for (var repetition = 0; repetition < Repetitions && !counts.All(IsSettled); repetition++)
        {
            foreach (var count in counts)
            {
                if (stepper.CountNext(isWanted: !IsSettled(count)) is { } counted)
                {
                    count.Add(counted);
                }
            }
        }

        stepper.Detach();
        for (var side = 0; side < counts.Length; side++)
        {
            if (!IsSettled(counts[side]))
            {
                var numbers = string.Join(", ", counts[side].Select(count => count.Values.Sum()));
                throw new CannotMeasureHereException(
                    $"{Repetitions} repetitions of {benchmarks[side].Method} gave different numbers of instructions ({numbers})");
            }
        }

        return Array.ConvertAll(counts, count => count[^1]);
    }

    /// <summary>Tells whether the last two repetitions gave the same number of instructions.</summary>
    private static bool IsSettled(List<Dictionary<ulong, long>> repetitions) =>
        repetitions is [.., var earlier, var last] && earlier.Values.Sum() == last.Values.Sum();
}
