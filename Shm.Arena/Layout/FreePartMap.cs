using System.Numerics;

namespace Shm.Arena;

/// <summary>
/// Bitmap in shared memory that tells which parts may have free blocks. A part is either marked as full, and then has no free
/// block, or it may have free blocks. An allocation that finds no room looks only at the parts that may have free blocks, so it
/// takes little time in a full arena.
/// </summary>
/// <remarks>
/// A bit is 1 while a part is marked as full, so that the bit of a new part need not be written. Allocations do not mark parts,
/// because this would take time: a search that finds no free block marks the full parts that it has seen. A thread that
/// frees a block of a marked part clears the mark: an owner does so because the part's update threshold is then 0. A missing mark
/// costs time only.
/// </remarks>
internal readonly unsafe struct FreePartMap(ulong* full, ulong* used)
{
    /// <summary>Records that a part may have free blocks.</summary>
    internal void Set(long part)
    {
        if ((Volatile.Read(ref full[part >> 6]) & (1UL << (int)part)) != 0)
        {
            Interlocked.And(ref full[part >> 6], ~(1UL << (int)part));
        }
    }

    /// <summary>
    /// Marks a part as full, whose update threshold is 0. The call is a full barrier of this thread: read the part's remote-free flag
    /// after it. If the part belongs to another thread, run a <see cref="Native.SharedBarrier"/>, and read the block states and the
    /// threshold after it.
    /// </summary>
    internal void Clear(long part) => Interlocked.Or(ref full[part >> 6], 1UL << (int)part);

    /// <summary>
    /// Returns the first used part in [<paramref name="from"/>, <paramref name="to"/>) that may have free blocks;
    /// <paramref name="to"/> if there is none.
    /// </summary>
    internal long Next(long from, long to)
    {
        for (var index = from >> 6; from < to; from = ++index << 6)
        {
            var found = used[index] & ~Volatile.Read(ref full[index]) & (ulong.MaxValue << (int)(from & 63));
            if (found != 0)
            {
                return Math.Min(to, (index << 6) + BitOperations.TrailingZeroCount(found));
            }
        }

        return to;
    }
}
