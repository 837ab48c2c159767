using System.Runtime.InteropServices;

namespace Shm.Arena;

/// <summary>
/// Data of a heap in shared memory. The slot contains hints about which slab parts of the heap have a remote-free flag. Threads
/// that free blocks of the heap's slabs set the hints. A wrong hint does no harm. A lost hint is not repeated, but the heap
/// finds the part when it looks at every part.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
internal unsafe struct HeapSlot
{
    internal const int ByteCount = 1152;

    /// <summary>Token of the process that uses the heap; 0 if the slot is free.</summary>
    [FieldOffset(0)] internal uint Owner;

    /// <summary>
    /// Hints of each size class: bit n stands for the positions in the heap's <see cref="ClassParts"/> that equal n modulo 64.
    /// </summary>
    [FieldOffset(64)] internal fixed ulong Hints[SizeClasses.Count];

    /// <summary>Takes the slot for a process. The caller holds the supply lock.</summary>
    internal void Take(uint process)
    {
        for (var index = 0; index < SizeClasses.Count; index++)
        {
            Hints[index] = 0;
        }

        Volatile.Write(ref Owner, process);
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

        Interlocked.Or(ref hints, bit);
        return true;
    }

    /// <summary>Clears and returns the hints of a class. Only the heap's thread may call this.</summary>
    internal ulong TakeHints(int classIndex)
    {
        ref var hints = ref Hints[classIndex];
        return Volatile.Read(ref hints) != 0 ? Interlocked.Exchange(ref hints, 0) : 0;
    }
}
