using System.Runtime.CompilerServices;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>Calls the arena for one thread. The measured loops call the arena only through this type.</summary>
internal readonly struct ArenaHeap(ShmArena arena) : IHeap<ShmBlock>
{
    private readonly ShmArena _arena = arena;
    private readonly ShmHeap _heap = arena.OpenHeap();

    /// <summary>Creates a sparse arena. Blocks that are never written to take no memory.</summary>
    public static ShmArena CreateArena(long capacityBytes) =>
        ShmArena.Create(new ShmArenaOptions { CapacityBytes = capacityBytes, Reserve = false });

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

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint AddressOf(in ShmBlock block) => _arena.GetAddress(block);
}
