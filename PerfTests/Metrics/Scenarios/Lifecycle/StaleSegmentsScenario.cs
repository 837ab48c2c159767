using BenchmarkDotNet.Attributes;
using PerfTests.Machine;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Lists and removes 100 stale segments in a folder that contains nothing else.</summary>
public class StaleSegmentsScenario : IDisposable
{
    /// <summary>Number of segments.</summary>
    public const int SegmentCount = 100;

    /// <summary>Folder on the file system of shared memory. On other file systems, no segment is stale.</summary>
    internal string Folder { get; } = Path.Combine(MachineResources.SharedMemoryFolder, $"perftests-{Guid.NewGuid():N}");

    [GlobalSetup]
    public void Setup() => Directory.CreateDirectory(Folder);

    /// <summary>Leaves segments, as a killed process does: files with generated names that no process has open.</summary>
    [IterationSetup]
    public void Before()
    {
        foreach (var _ in Enumerable.Range(0, SegmentCount - Directory.GetFiles(Folder).Length))
        {
            File.WriteAllBytes(Path.Combine(Folder, SegmentName.Generate()), [1]);
        }
    }

    /// <summary>Lists the segments.</summary>
    /// <exception cref="InvalidOperationException">A segment is missing in the list.</exception>
    [Benchmark(OperationsPerInvoke = SegmentCount)]
    public long List() => Required(StaleSegments.List(Folder).Count);

    /// <summary>Removes the segments.</summary>
    /// <exception cref="InvalidOperationException">A segment was not removed.</exception>
    [Benchmark(OperationsPerInvoke = SegmentCount)]
    public long Remove() => Required(StaleSegments.Remove(Folder).Count);

    [GlobalCleanup]
    public void Dispose()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        GC.SuppressFinalize(this);
    }

    private static int Required(int count) => count == SegmentCount
        ? count
        : throw new InvalidOperationException($"{SegmentCount} segments must be stale; the number of stale segments is {count}.");
}
