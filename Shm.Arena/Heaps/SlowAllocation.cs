using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using Shm.Core;

namespace Shm.Arena;

/// <summary>
/// Allocates a block when the heap's current part has no free block: from another part of the heap, from a new slab, after
/// reclaiming empty slabs, or after seizing slabs of other heaps. Also allocates large blocks.
/// </summary>
internal sealed unsafe class SlowAllocation(
    ArenaMemory memory, Membership membership, SharedSupply supply, ArenaRecovery recovery, SlabSeizure seizure,
    ArenaLifetime lifetime, string name)
{
    /// <summary>Validates the arguments and allocates a block of any size.</summary>
    /// <inheritdoc cref="ShmHeap.TryAllocateAligned"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal bool TryAllocate(ShmHeap heap, long byteCount, long alignment, out ShmBlock block)
    {
        lifetime.ThrowIfDisposed();
        ObjectDisposedException.ThrowIf(heap.IsClosed, heap);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(byteCount);
        if (!BitOperations.IsPow2(alignment) || alignment > ShmArena.MaxAlignment)
        {
            throw new ArgumentOutOfRangeException(nameof(alignment), alignment,
                $"Must be a power of two, at most {ShmArena.MaxAlignment}.");
        }

        return SizeClasses.IndexOf(byteCount, alignment) is >= 0 and var classIndex
            ? TryTake(heap, classIndex, byteCount, out block)
            : TryCreateLarge(heap, byteCount, alignment, out block);
    }

    /// <summary>Takes a block of a size class from a part other than the current one, which is full.</summary>
    internal bool TryTake(ShmHeap heap, int classIndex, long byteCount, out ShmBlock block)
    {
        if (TryTakeOwn(heap, classIndex, byteCount, out block))
        {
            return true;
        }

        Reclaim(heap);
        if (TryTakeOwn(heap, classIndex, byteCount, out block) || seizure.TryTake(heap, classIndex, byteCount, out block))
        {
            return true;
        }

        memory.Header->CountFailure();
        return false;
    }

    [DoesNotReturn]
    internal void ThrowOutOfMemory(long byteCount)
    {
        var counts = supply.Count();
        if (memory.File.IsShort && byteCount <= counts.LongestFreeRun << ArenaLayout.PageShift)
        {
            ShmException.ThrowOutOfMemory(name, byteCount, string.Create(CultureInfo.InvariantCulture,
                $"the arena's metadata needs another page, and the file system is full; {counts.FreePageCount << ArenaLayout.PageShift} of "
                + $"{memory.Layout.CapacityBytes} bytes of capacity are free"),
                "Free memory in the file system, or create the arena with " + (memory.Header->IsReserved != 0
                    ? "a smaller ReservedBlockBytes, so that it reserves more metadata."
                    : "Reserve, so that it reserves its metadata."));
        }

        ShmException.ThrowOutOfMemory(name, byteCount, string.Create(CultureInfo.InvariantCulture,
            $"{counts.FreePageCount << ArenaLayout.PageShift} of {memory.Layout.CapacityBytes} bytes are free "
            + $"in {counts.FreeRunCount} pieces, the longest has {counts.LongestFreeRun << ArenaLayout.PageShift} bytes; "
            + $"another {ArenaCensus.FreeBytesInSlabs(memory)} bytes are in free blocks of other sizes or other heaps"));
    }

    /// <summary>Takes a block from another part of the heap, or from a new slab.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryTakeOwn(ShmHeap heap, int classIndex, long byteCount, out ShmBlock block)
    {
        // Another heap may seize a slab before this heap takes a block from it. The next part is then as good.
        for (SlabPart* part; (part = RefillOrCreate(heap.Slabs, classIndex)) != null;)
        {
            if (heap.TryTake(part, byteCount, out block))
            {
                return true;
            }
        }

        block = default;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private SlabPart* RefillOrCreate(HeapSlabs heap, int classIndex)
    {
        var part = heap.Refill(classIndex);
        return part != null ? part : CreateSlab(heap, classIndex);
    }

    private SlabPart* CreateSlab(HeapSlabs heap, int classIndex)
    {
        var slab = supply.TryCreateSlab(classIndex, heap.Owner);
        if (slab == 0)
        {
            return null;
        }

        KillPoint.Hit(CrashWindow.CreateSlabNotListed);
        var part = heap.UseCreated(slab, classIndex);
        return part != null ? part : heap.Refill(classIndex);
    }

    private bool TryCreateLarge(ShmHeap heap, long byteCount, long alignment, out ShmBlock block)
    {
        var index = CreateLarge(byteCount, alignment);
        if (index == 0 && byteCount <= memory.Layout.CapacityBytes)
        {
            Reclaim(heap);
            index = CreateLarge(byteCount, alignment);
            index = index != 0 ? index : seizure.TryCreateLarge(heap, byteCount, alignment);
        }

        if (index == 0)
        {
            memory.Header->CountFailure();
            block = default;
            return false;
        }

        var slab = memory.Parts + index;
        block = memory.Handle(slab, 0, SlabPart.StateOf(slab, 0).Read(), byteCount);
        return true;
    }

    private long CreateLarge(long byteCount, long alignment) =>
        byteCount > memory.Layout.CapacityBytes ? 0 : supply.TryCreateLarge(byteCount, alignment, membership.Token);

    /// <summary>Releases the empty slabs of the heap, and those of exited processes.</summary>
    private void Reclaim(ShmHeap heap)
    {
        if (membership.IsRecoveryDue())
        {
            recovery.Run(heap.Slabs);
        }

        heap.Slabs.ReleaseEmpty();
    }
}
