using System.Globalization;
using PerfTests.AllocatorComparison.Memory;
using PerfTests.AllocatorComparison.Scenarios;
using PerfTests.ChildProcesses;

[assembly: ChildProcess<PeakMemoryProcess>(PeakMemoryProcess.Verb)]

namespace PerfTests.AllocatorComparison.Memory;

/// <summary>
/// Process that runs one workload with one allocator and prints its memory in use at the peak. A fresh process has no memory
/// that an earlier workload left in the allocator.
/// </summary>
internal sealed class PeakMemoryProcess : IChildProcess
{
    /// <summary>Verb of the test executable that starts this process.</summary>
    public const string Verb = "measure-memory-at-peak";

    /// <summary>Measures in a fresh process.</summary>
    /// <exception cref="InvalidOperationException">The process failed.</exception>
    public static PeakMemory Measure(int allocator, Workload workload, int blockBytes, int liveBlocks)
    {
        var start = TestExecutable.StartInfo(
            Verb, Text(allocator), workload.ToString(), Text(blockBytes), Text(liveBlocks));
        var (exitCode, output, all) = ExternalProgram.Run(start.FileName, start.ArgumentList, TestExecutable.Folder);
        var name = allocator == AllocatorUnderTest.Arena ? "arena" : NativeAllocator.All[allocator].Name;
        return exitCode == 0 && output.Split() is [var requested, var resident, ..]
            ? new PeakMemory(name, long.Parse(requested, CultureInfo.InvariantCulture), long.Parse(resident, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"The memory of {name} cannot be measured: {all}");

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public static int Run(string[] arguments)
    {
        var (allocator, blockBytes, liveBlocks) = (Number(0), Number(2), Number(3));
        var workload = Enum.Parse<Workload>(arguments[1]);
        var script = ReplacementScript.Of(workload, blockBytes, liveBlocks)
            ?? throw new ArgumentException($"{workload} keeps no blocks.", nameof(arguments));
        using var memory = new ResidentMemory();
        using var blocks = WritingAllocator.Create(allocator, AllocatorUnderTest.ArenaBytes(blockBytes, liveBlocks));
        using var peak = new PeakRun(blocks, script, workload.IsTwoThreaded() ? 2 : 1, memory);
        Console.WriteLine(FormattableString.Invariant($"{peak.RequestedBytes} {peak.Measure()}"));
        return 0;

        int Number(int index) => int.Parse(arguments[index], CultureInfo.InvariantCulture);
    }
}
