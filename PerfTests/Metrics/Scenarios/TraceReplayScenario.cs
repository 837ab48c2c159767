using BenchmarkDotNet.Attributes;
using PerfTests.Metrics.Traces;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>One pass of a KV-cache trace through an allocator.</summary>
public abstract class TraceReplayScenario : IDisposable
{
    /// <summary>
    /// Blocks resident at most: a third of the shipped trace's distinct blocks, so that eviction is part of it. The
    /// first lines of blocks of 1 MiB compete for few sets of the cache; with many more blocks the draw of their
    /// pages, and not the allocator, would decide the time.
    /// </summary>
    public const int CapacityBlocks = 64;

    private IShmAllocator _allocator = null!;
    private TraceReplay _replay = null!;

    /// <summary>Block references in a pass; it depends on the trace, so the attribute cannot say it.</summary>
    public long OperationsPerInvoke => _replay.ReferenceCount;

    [GlobalSetup]
    public void Setup()
    {
        _allocator = CreateAllocator();
        _replay = new TraceReplay(_allocator, TraceFile.Read(TraceFile.Locate()), CapacityBlocks, BlockSize.OneMebibyte);
    }

    [Benchmark]
    public long Replay() => _replay.Pass();

    [GlobalCleanup]
    public void Dispose()
    {
        _allocator?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The allocator that serves the trace.</summary>
    protected abstract IShmAllocator CreateAllocator();
}
