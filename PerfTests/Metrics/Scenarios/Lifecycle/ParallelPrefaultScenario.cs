using BenchmarkDotNet.Attributes;
using PerfTests.Machine;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Maps all pages of a new segment of 64 MiB by one thread, and by one thread for each processor.</summary>
public class ParallelPrefaultScenario : IDisposable
{
    /// <summary>Length of the segment in bytes.</summary>
    public const long ByteCount = 64 * BlockSize.OneMebibyte;

    private ShmSegment? _segment;

    /// <summary>Creates a segment without pages.</summary>
    [IterationSetup]
    public void Before()
    {
        SharedMemoryClaim.RequireFree(ByteCount);
        _segment = ShmSegment.CreateExclusive(ByteCount);
    }

    [Benchmark]
    public long InOneThread() => Prefault(threads: 1);

    [Benchmark]
    public long ByAllProcessors() => Prefault(threads: 0);

    [IterationCleanup]
    public void Dispose()
    {
        _segment?.Dispose();
        GC.SuppressFinalize(this);
    }

    private long Prefault(int threads) => _segment!.TryPrefault(0, ByteCount, threads)
        ? threads
        : throw new CannotMeasureHereException(PrefaultScenario.Refusal);
}
