namespace Shm.Arena;

/// <summary>
/// Bitmap in shared memory with a bit for each part. If the bit is 0, the part has no free block. If the bit is 1, the part may
/// have one. An allocation that finds no room looks only at the parts whose bit is 1, so it takes little
/// time in a full arena.
/// </summary>
/// <remarks>
/// A thread sets the bit after it has freed a block of a full part. The owner clears the bit when it has taken a part's last
/// block and goes on to another part. A wrong 1 costs time only.
/// </remarks>
internal readonly unsafe struct FreePartMap(ulong* words)
{
    internal void Set(long part)
    {
        if ((Volatile.Read(ref words[part >> 6]) & (1UL << (int)part)) == 0)
        {
            Interlocked.Or(ref words[part >> 6], 1UL << (int)part);
        }
    }

    /// <summary>Clears the bit of a part. The call is a full barrier: read the part's remote-free flag after it.</summary>
    internal void Clear(long part) => Interlocked.And(ref words[part >> 6], ~(1UL << (int)part));

    /// <summary>
    /// Returns the first part in [<paramref name="from"/>, <paramref name="to"/>) whose bit is set; <paramref name="to"/> if
    /// there is none.
    /// </summary>
    internal long Next(long from, long to) => new BitRuns(words, to).Next(from, to, inUse: true);
}
