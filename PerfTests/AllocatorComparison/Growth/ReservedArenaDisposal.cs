using BenchmarkDotNet.Attributes;
using Shm.Arena;

namespace PerfTests.AllocatorComparison.Growth;

/// <summary>Disposes reserved arenas in the process that created them, which frees all of their pages.</summary>
public class ReservedArenaDisposal : IDisposable
{
    private ShmArena? _arena;

    /// <summary>Capacity of the arena, in GiB.</summary>
    [Params(1, 8)]
    public int Gibibytes { get; set; }

    /// <summary>Creates the arena.</summary>
    [IterationSetup]
    public void Before() => _arena = ShmArena.Create((long)Gibibytes << 30);

    [Benchmark]
    public long DisposeArena()
    {
        _arena!.Dispose();
        return Gibibytes;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _arena?.Dispose();
        GC.SuppressFinalize(this);
    }
}
