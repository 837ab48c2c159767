using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using Shm.Core;

namespace Shm.Arena;

/// <summary>What the heaps of a process share: the way to memory when a heap has none, and freeing what is not a heap's own.</summary>
internal sealed unsafe partial class ArenaCore : IDisposable
{
    private readonly SupplyLock _lock;
    private readonly SlabSupply _supply;
    private readonly ArenaRecovery _recovery;

    internal ArenaCore(ArenaMemory memory, Membership membership, MetadataClaims claims, string name)
    {
        (Memory, Membership, Claims, Name) = (memory, membership, claims, name);
        Id = ArenaMemory.ArenaId(memory.Header->Identity);
        _lock = new SupplyLock(memory, membership, name);
        _supply = new SlabSupply(memory, claims);
        _recovery = new ArenaRecovery(this);
        Heaps = new HeapPool(this);
    }

    internal ArenaMemory Memory { get; }

    internal Membership Membership { get; }

    internal MetadataClaims Claims { get; }

    internal HeapPool Heaps { get; }

    internal string Name { get; }

    internal uint Id { get; }

    internal bool IsDisposed { get; private set; }

    internal SlabSupply Supply => _supply;

    internal void EnterSupply()
    {
        if (_lock.Enter())
        {
            _supply.Rebuild();
        }
    }

    internal void ExitSupply() => _lock.Exit();

    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(IsDisposed, typeof(ShmArena));

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal bool TryAllocateSlowly(ShmHeap heap, long byteCount, long alignment, out ShmBlock block)
    {
        ThrowIfDisposed();
        ObjectDisposedException.ThrowIf(heap.IsClosed, heap);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(byteCount);
        if (!BitOperations.IsPow2(alignment) || alignment > ShmArena.MaxAlignment)
        {
            throw new ArgumentOutOfRangeException(nameof(alignment), alignment, $"A power of two up to {ShmArena.MaxAlignment}.");
        }

        return SizeClasses.IndexOf(byteCount, alignment) is >= 0 and var classIndex
            ? TryTake(heap, classIndex, byteCount, out block)
            : TryMakeLarge(heap, byteCount, alignment, out block);
    }

    /// <summary>Takes a block of a class from another part than the one that has none left.</summary>
    internal bool TryTake(ShmHeap heap, int classIndex, long byteCount, out ShmBlock block)
    {
        heap.ForgetLast();
        SlabPart* part = heap.Lists.Refill(classIndex);
        part = part != null ? part : MakeSlab(heap, classIndex);
        if (part == null)
        {
            Reclaim(heap);
            part = heap.Lists.Refill(classIndex);
            part = part != null ? part : MakeSlab(heap, classIndex);
        }

        ulong free = part == null ? 0 : part->LocalFree;
        if (free == 0)
        {
            Interlocked.Increment(ref Memory.Header->FailureCount);
            block = default;
            return false;
        }

        heap.Take(part, free, byteCount, out block);
        return true;
    }

    /// <summary>See <see cref="ShmArena.Recover"/>.</summary>
    internal ArenaRecoveryResult Recover(ShmHeap heap)
    {
        ThrowIfDisposed();
        ArenaRecoveryResult result = _recovery.Run(heap);
        KillPoint.Hit(CrashWindow.RecoverNothingReleased);
        ReleaseEmpty(heap);
        return result;
    }

    /// <summary>See <see cref="ShmArena.ReclaimOffered"/>.</summary>
    internal int ReclaimOffered()
    {
        ThrowIfDisposed();
        return _recovery.ReclaimOffered();
    }

    /// <summary>The part, slab, index and word of a live block.</summary>
    /// <exception cref="ShmException">It is none of this arena.</exception>
    internal SlabPart* Find(in ShmBlock block, string operation, out SlabPart* slab, out int index, out ulong word)
    {
        SlabPart* part = FindAny(block, out slab, out index, out word);
        if (part == null || !BlockWord.IsHeld(word, block.Generation))
        {
            ThrowIfDisposed();
            ShmException.ThrowNotLive(operation, block);
        }

        return part;
    }

    /// <summary>As <see cref="Find"/>, whatever the word says; null if no block lies there.</summary>
    internal SlabPart* FindAny(in ShmBlock block, out SlabPart* slab, out int index, out ulong word)
    {
        slab = null;
        (index, word) = (0, 0);
        if (block.SegmentId != Id || (ulong)block.Offset >= (ulong)Memory.Layout.CapacityBytes || IsDisposed)
        {
            return null;
        }

        SlabPart* part = Memory.Find(block.Offset, out slab, out index, out long remainder);
        if (part == null || remainder != 0 || (ulong)block.ByteCount - 1 >= (ulong)slab->BlockBytes
            || (ulong)block.ByteCount > (ulong)(Memory.Layout.CapacityBytes - block.Offset))
        {
            return null;
        }

        word = Volatile.Read(ref SlabPart.Word(part, index));
        return part;
    }

    [DoesNotReturn]
    internal void ThrowOutOfMemory(long byteCount)
    {
        EnterSupply();
        (long runs, long pages, long longest) = _supply.FreeRuns();
        ExitSupply();
        ShmException.ThrowOutOfMemory(Name, byteCount, string.Create(CultureInfo.InvariantCulture,
            $"{pages << ArenaLayout.PageShift} of {Memory.Layout.CapacityBytes} bytes are free in {runs} pieces, the longest of {longest << ArenaLayout.PageShift} bytes; slabs have {ArenaCensus.FreeBytesInSlabs(Memory)} bytes more in free blocks of other sizes or heaps"));
    }

    public void Dispose()
    {
        IsDisposed = true;
        Heaps.Dispose();
        Membership.Dispose();
    }

    private SlabPart* MakeSlab(ShmHeap heap, int classIndex)
    {
        EnterSupply();
        long slab;
        try
        {
            slab = _supply.TryMakeSlab(classIndex, heap.Owner);
        }
        finally
        {
            ExitSupply();
        }

        if (slab == 0)
        {
            return null;
        }

        KillPoint.Hit(CrashWindow.CreateSlabNotListed);
        heap.Lists.Add(slab, classIndex, Math.Min(Memory.Parts[slab].PartCount, (byte)ArenaLayout.MaxSlabParts));
        return heap.Lists.Refill(classIndex);
    }

    private bool TryMakeLarge(ShmHeap heap, long byteCount, long alignment, out ShmBlock block)
    {
        long index = MakeLarge(byteCount, alignment);
        if (index == 0 && byteCount <= Memory.Layout.CapacityBytes)
        {
            Reclaim(heap);
            index = MakeLarge(byteCount, alignment);
        }

        if (index == 0)
        {
            Interlocked.Increment(ref Memory.Header->FailureCount);
            block = default;
            return false;
        }

        SlabPart* slab = Memory.Parts + index;
        block = Memory.Handle(slab, 0, SlabPart.Word(slab, 0), byteCount);
        return true;
    }

    private long MakeLarge(long byteCount, long alignment)
    {
        if (byteCount > Memory.Layout.CapacityBytes)
        {
            return 0;
        }

        EnterSupply();
        try
        {
            return _supply.TryMakeLarge(byteCount, alignment, Membership.Token);
        }
        finally
        {
            ExitSupply();
        }
    }

    /// <summary>Gives up every slab that nobody needs: the heap's own, those of heaps that wait, those of the dead.</summary>
    private void Reclaim(ShmHeap heap)
    {
        Heaps.AbsorbIdle(heap);
        if (Membership.IsRecoveryDue())
        {
            _recovery.Run(heap);
        }

        ReleaseEmpty(heap);
    }

    private void ReleaseEmpty(ShmHeap heap)
    {
        heap.ForgetLast();
        heap.Lists.DropCurrent();
        heap.Lists.CollectAll();
        HeapCursor cursor = default;
        for (SlabPart* slab; (slab = heap.Lists.TakeNext(ref cursor, onlyEmpty: true)) != null;)
        {
            Release(slab, heap.Lists);
        }
    }
}
