using BenchmarkDotNet.Attributes;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Allocating from an arena that has room.</summary>
public class ArenaAllocationScenario : IDisposable
{
    /// <summary>Enough for a chunk that is long beside the clock's 25 ns; the arena is sparse, so the blocks cost no memory.</summary>
    private const int BlocksPerInvoke = 4096;

    /// <summary>Room for what an invocation allocates, in bytes.</summary>
    public const long CapacityBytes = (BlocksPerInvoke + 256) * BlockSize.OneMebibyte;

    private readonly ShmBlock[] _blocks = new ShmBlock[BlocksPerInvoke];
    private ShmArena _arena = null!;

    [GlobalSetup]
    public void Setup() => _arena = ShmArena.Create(new ShmArenaOptions { CapacityBytes = CapacityBytes, Reserve = false });

    [Benchmark(OperationsPerInvoke = BlocksPerInvoke)]
    public long Allocate()
    {
        var blocks = _blocks;
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = _arena.Allocate(BlockSize.OneMebibyte);
        }

        return blocks[^1].Offset;
    }

    /// <summary>Gives back, outside the measured time, what one chunk allocated.</summary>
    [IterationCleanup(Target = nameof(Allocate))]
    public void FreeAll()
    {
        foreach (var block in _blocks)
        {
            _arena.Free(block);
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _arena?.Dispose();
        GC.SuppressFinalize(this);
    }
}
