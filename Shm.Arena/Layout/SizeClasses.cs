using System.Numerics;
using System.Runtime.CompilerServices;

namespace Shm.Arena;

/// <summary>
/// The block sizes that are kept in slabs: steps of 4 bytes from 16 to 32, then eight per doubling up to 2 MiB, so
/// that at most a ninth of a block is waste. A size that is a multiple of 2^k gets blocks that are multiples of 2^k,
/// up to an eighth of the size. Pure mathematics.
/// </summary>
internal static class SizeClasses
{
    internal const long MinBlockBytes = 16;
    internal const long MaxBlockBytes = 1L << 21;
    internal const int Count = 5 + (16 * 8);

    private const int FirstDoubling = 5;

    /// <summary>The smallest class whose blocks hold <paramref name="byteCount"/> (1 to <see cref="MaxBlockBytes"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int IndexOf(long byteCount)
    {
        ulong last = (ulong)byteCount - 1;
        if (last < 32)
        {
            return (int)(Math.Max(last, 15) >> 2) - 3;
        }

        int doubling = BitOperations.Log2(last);
        return ((doubling - FirstDoubling) << 3) + (int)(last >> (doubling - 3)) - 3;
    }

    internal static long BlockBytes(int index) => index < 5
        ? (index + 4L) << 2
        : ((index - 5) % 8 + 9L) << ((index - 5) / 8 + 2);

    /// <summary>
    /// The smallest class whose blocks hold <paramref name="byteCount"/> and are multiples of
    /// <paramref name="alignment"/>, a power of two; negative if there is none.
    /// </summary>
    internal static int IndexOf(long byteCount, long alignment)
    {
        if (byteCount > MaxBlockBytes || alignment > MaxBlockBytes)
        {
            return -1;
        }

        int index = IndexOf(Math.Max(byteCount, alignment));
        while (index < Count && BlockBytes(index) % alignment != 0)
        {
            index++;
        }

        return index < Count ? index : -1;
    }
}
