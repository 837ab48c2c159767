using BenchmarkDotNet.Attributes;
using PerfTests.AllocatorComparison.Scenarios;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.AllocatorComparison.Growth;

/// <summary>Base class of scenarios that time an operation in an arena with a number of live blocks.</summary>
public abstract class GrowthScenario : IDisposable
{
    /// <summary>Capacity of the arena, in bytes. The arena is sparse, so its blocks take no memory.</summary>
    public const long CapacityBytes = 256L << 20;

    /// <summary>Size of each block, in bytes.</summary>
    public const int BlockBytes = 64;

    /// <summary>Number of live blocks.</summary>
    [Params(1_000, 10_000, 100_000, 1_000_000)]
    public int LiveBlocks { get; set; }

    /// <summary>Arena under test.</summary>
    protected ShmArena Arena { get; private set; } = null!;

    /// <summary>Creates the arena.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Arena = ArenaHeap.CreateArena(CapacityBytes);
        Prepare();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        Arena?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Prepares the arena; by default allocates the blocks.</summary>
    protected virtual void Prepare() => Allocate(Arena);

    /// <summary>Allocates the blocks from a new heap of an attachment.</summary>
    protected ShmBlock[] Allocate(ShmArena attachment)
    {
        ArgumentNullException.ThrowIfNull(attachment);
        var (heap, blocks) = (attachment.OpenHeap(), new ShmBlock[LiveBlocks]);
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = heap.Allocate(BlockBytes);
        }

        return blocks;
    }
}
