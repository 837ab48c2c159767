using System.Runtime.CompilerServices;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>The arena as one thread uses it: all that the comparison with peers calls of it.</summary>
internal readonly struct ArenaHeap(ShmArena arena) : IHeap<ShmBlock>
{
    private readonly ShmHeap _heap = arena.OpenHeap();

    /// <summary>An arena of so many bytes. No block is ever written to, so none needs memory.</summary>
    public static ShmArena CreateArena(long capacityBytes) => ShmArena.Create(new ShmArenaOptions { CapacityBytes = capacityBytes, Reserve = false });

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Allocate(long byteCount, out ShmBlock block)
    {
        if (!_heap.TryAllocate(byteCount, out block))
        {
            OutOfMemory.Throw("the arena", byteCount);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Free(in ShmBlock block) => _heap.Free(block);
}
