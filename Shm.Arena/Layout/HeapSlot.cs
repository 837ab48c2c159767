using System.Runtime.InteropServices;

namespace Shm.Arena;

/// <summary>
/// Data of a heap in shared memory. The slot contains hints about which slab parts of the heap have a remote-free flag. Threads
/// that free blocks of the heap's slabs set the hints. A wrong hint does no harm. A lost hint is not repeated, but the
/// part is found by its bit in the <see cref="FreePartMap"/>.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
internal unsafe struct HeapSlot
{
    internal const int ByteCount = 1152;

    /// <summary>Token of the process that uses the heap; 0 if the slot is free.</summary>
    [FieldOffset(0)] internal uint Owner;

    /// <summary>1 if a <see cref="Native.SharedBarrier"/> of another process reaches the threads of the heap's process.</summary>
    [FieldOffset(4)] internal uint IsReachedByBarrier;

    /// <summary>
    /// Address of the part in which the heap's thread changes free bits, in the process of the heap; another value if there is
    /// none. See <see cref="Shm.Arena.EnteredPart"/>.
    /// </summary>
    [FieldOffset(8)] internal ulong EnteredPart;

    /// <summary>Address of the arena's first part in the process of the heap.</summary>
    [FieldOffset(16)] internal ulong PartsAddress;

    /// <summary>Number of slabs that other heaps have seized from this heap. The holder of the supply lock writes it.</summary>
    [FieldOffset(24)] internal uint SeizedCount;

    /// <summary>
    /// Hints of each size class: bit n stands for the positions in the heap's <see cref="ClassParts"/> that equal n modulo 64.
    /// </summary>
    [FieldOffset(64)] internal fixed ulong Hints[SizeClasses.Count];

    /// <summary>Takes the slot for a process. The caller holds the supply lock.</summary>
    internal void Take(uint process, SlabPart* parts, bool isReachedByBarrier)
    {
        IsReachedByBarrier = isReachedByBarrier ? 1u : 0;
        PartsAddress = (ulong)parts;
        Volatile.Write(ref EnteredPart, 0);
        SeizedCount = 0;
        for (var index = 0; index < SizeClasses.Count; index++)
        {
            Hints[index] = 0;
        }

        Volatile.Write(ref Owner, process);
    }

    /// <summary>
    /// Counts a seized slab, after the slab was marked. The caller holds the supply lock, so that the heap sees the count before
    /// it can become the owner of another slab.
    /// </summary>
    internal void CountSeized()
    {
        KillPoint.Step();
        Volatile.Write(ref SeizedCount, SeizedCount + 1);
    }

    internal uint ReadSeizedCount()
    {
        KillPoint.Step();
        return Volatile.Read(ref SeizedCount);
    }

    /// <summary>
    /// Returns the index of the part that the heap's thread has entered. If the thread is in no part, returns a number that is
    /// the index of no part.
    /// </summary>
    internal long ReadEnteredPart()
    {
        KillPoint.Step();
        var distance = (long)(Volatile.Read(ref EnteredPart) - PartsAddress);
        return distance < 0 ? -1 : distance / SlabPart.ByteCount;
    }

    /// <summary>Sets the hint for the part at a position.</summary>
    /// <returns>False if the hint was set already.</returns>
    internal bool SetHint(int classIndex, int position)
    {
        ref var hints = ref Hints[classIndex];
        var bit = 1UL << position;
        if ((Volatile.Read(ref hints) & bit) != 0)
        {
            return false;
        }

        KillPoint.Step();
        Interlocked.Or(ref hints, bit);
        return true;
    }

    /// <summary>Clears and returns the hints of a class. Only the heap's thread may call this.</summary>
    internal ulong TakeHints(int classIndex)
    {
        KillPoint.Step();
        ref var hints = ref Hints[classIndex];
        return Volatile.Read(ref hints) != 0 ? Interlocked.Exchange(ref hints, 0) : 0;
    }
}
