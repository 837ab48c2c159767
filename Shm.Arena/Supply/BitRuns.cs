using System.Numerics;

namespace Shm.Arena;

/// <summary>
/// Finds and marks runs of bits in a bitmap. A bit is 1 while the page or part that it stands for is in use. The bitmap may lie
/// in shared memory and contain any values; the methods never read or write outside it.
/// </summary>
internal readonly unsafe struct BitRuns(ulong* words, long bitCount)
{
    /// <summary>
    /// Returns the start of the first free run of the given length that begins at a multiple of <paramref name="alignment"/>,
    /// at <paramref name="from"/> or later; -1 if there is none.
    /// </summary>
    internal long Find(long length, long alignment, long from)
    {
        var bit = AlignUp(Math.Clamp(from, 0, bitCount), alignment);
        while (bit <= bitCount - length)
        {
            var used = Next(bit, bit + length, inUse: true);
            if (used == bit + length)
            {
                return bit;
            }

            bit = AlignUp(Next(used, bitCount, inUse: false), alignment);
        }

        return -1;
    }

    internal void Mark(long bit, long count, bool inUse)
    {
        if (count <= 0)
        {
            return;
        }

        var end = bit + count;
        (var first, var last) = (bit >> 6, end >> 6);
        var head = ulong.MaxValue << (int)(bit & 63);
        var tail = ~(ulong.MaxValue << (int)(end & 63));
        if (first == last)
        {
            Mark(first, head & tail, inUse);
            return;
        }

        Mark(first, head, inUse);
        Whole(first + 1, last).Fill(inUse ? ulong.MaxValue : 0);
        if (tail != 0)
        {
            Mark(last, tail, inUse);
        }
    }

    /// <summary>Returns true if a run lies within the bitmap.</summary>
    internal bool Holds(long bit, long count) => bit >= 0 && count > 0 && count <= bitCount && bit <= bitCount - count;

    internal void Clear()
    {
        for (long index = 0; index < ArenaLayout.WordCount(bitCount); index++)
        {
            if (words[index] != 0)
            {
                words[index] = 0;
            }
        }
    }

    /// <summary>
    /// Returns the first bit in [<paramref name="from"/>, <paramref name="to"/>) that is in use, or the first that is free if
    /// <paramref name="inUse"/> is false. Returns <paramref name="to"/> if there is no such bit.
    /// </summary>
    internal long Next(long from, long to, bool inUse)
    {
        if (from >= to)
        {
            return to;
        }

        var other = inUse ? 0 : ulong.MaxValue;
        var index = from >> 6;
        var bits = (words[index] ^ other) & (ulong.MaxValue << (int)(from & 63));
        while (bits == 0)
        {
            var skipped = Whole(++index, ArenaLayout.WordCount(to)).IndexOfAnyExcept(other);
            if (skipped < 0)
            {
                return to;
            }

            index += skipped;

            // The word is read once, since shared memory may change between two reads.
            bits = words[index] ^ other;
        }

        return Math.Min(to, (index << 6) + BitOperations.TrailingZeroCount(bits));
    }

    private Span<ulong> Whole(long first, long end) => new(words + first, (int)(end - first));

    private void Mark(long index, ulong mask, bool inUse)
    {
        ref var changed = ref words[index];
        changed = inUse ? changed | mask : changed & ~mask;
    }

    private static long AlignUp(long bit, long alignment) => (bit + alignment - 1) & -alignment;
}
