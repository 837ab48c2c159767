using System.Runtime.CompilerServices;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.Peers.Scenarios;

/// <summary>The arena as one thread uses it: all that the comparison with peers calls of it.</summary>
internal readonly struct ArenaHeap(ShmArena arena) : IHeap<ShmBlock>
{
    /// <summary>An arena of so many bytes.</summary>
    public static ShmArena CreateArena(long capacityBytes) => ShmArena.Create(capacityBytes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ShmBlock Allocate(long byteCount)
    {
        if (!arena.TryAllocate(byteCount, out var block))
        {
            OutOfMemory.Throw("the arena", byteCount);
        }

        return block;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Free(ShmBlock block) => arena.Free(block);
}
