using BenchmarkDotNet.Attributes;
using PerfTests.Metrics.Traces;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Replays a KV-cache trace with an allocator.</summary>
public abstract class TraceReplayScenario : IDisposable
{
    /// <summary>
    /// Maximum number of resident blocks: a third of the distinct blocks of the shipped trace, so that eviction is part of the
    /// replay. The first cache lines of blocks of 1 MiB compete for few sets of the cache. With many more blocks the physical
    /// addresses of their pages would decide the time, instead of the allocator.
    /// </summary>
    public const int CapacityBlocks = 64;

    private IShmAllocator _allocator = null!;
    private TraceReplay _replay = null!;

    /// <summary>Number of block references in a pass. This is a property, because an attribute cannot depend on the trace.</summary>
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

    /// <summary>Creates the allocator that serves the trace.</summary>
    protected abstract IShmAllocator CreateAllocator();
}
