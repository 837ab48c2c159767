using BenchmarkDotNet.Attributes;
using Shm.Arena;

namespace PerfTests.AllocatorComparison.Growth;

/// <summary>Creates reserved arenas, whose pages the file system allocates at once.</summary>
public class ReservedArenaCreation : IDisposable
{
    private ShmArena? _arena;

    /// <summary>Capacity of the arena, in GiB.</summary>
    [Params(1, 8)]
    public int Gibibytes { get; set; }

    [Benchmark]
    public long Create()
    {
        _arena = ShmArena.Create((long)Gibibytes << 30);
        return _arena.Id;
    }

    /// <summary>Disposes the arena outside the measured time.</summary>
    [IterationCleanup]
    public void After() => _arena?.Dispose();

    [GlobalCleanup]
    public void Dispose()
    {
        _arena?.Dispose();
        GC.SuppressFinalize(this);
    }
}
