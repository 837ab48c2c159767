using System.Numerics;

namespace Shm.Arena;

/// <summary>
/// Runs of bits in a bitmap: 1 is in use. The bitmap may be in shared memory and hold anything; nothing outside its
/// length is read or written.
/// </summary>
internal readonly unsafe struct BitRuns(ulong* words, long bitCount)
{
    /// <summary>The first free run of a length, at a multiple of <paramref name="alignment"/> from <paramref name="from"/> on, or -1.</summary>
    internal long Find(long length, long alignment, long from)
    {
        long bit = AlignUp(Math.Clamp(from, 0, bitCount), alignment);
        while (bit <= bitCount - length)
        {
            long used = Next(bit, bit + length, inUse: true);
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
        while (count > 0)
        {
            int first = (int)(bit & 63);
            int inWord = (int)Math.Min(count, 64 - first);
            ulong mask = (ulong.MaxValue >> (64 - inWord)) << first;
            ref ulong word = ref words[bit >> 6];
            word = inUse ? word | mask : word & ~mask;
            (bit, count) = (bit + inWord, count - inWord);
        }
    }

    /// <summary>Whether a run lies within the bitmap.</summary>
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

    /// <summary>The first bit in [<paramref name="from"/>, <paramref name="to"/>) of that kind, or <paramref name="to"/>.</summary>
    internal long Next(long from, long to, bool inUse)
    {
        while (from < to)
        {
            ulong word = words[from >> 6];
            ulong bits = (inUse ? word : ~word) >> (int)(from & 63);
            if (bits != 0)
            {
                return Math.Min(to, from + BitOperations.TrailingZeroCount(bits));
            }

            from = (from | 63) + 1;
        }

        return to;
    }

    private static long AlignUp(long bit, long alignment) => (bit + alignment - 1) & -alignment;
}
