using System.Numerics;
using System.Runtime.CompilerServices;

namespace Shm.Arena;

/// <summary>
/// The block sizes that are kept in slabs: steps of 16 bytes from 64 to 128, then eight per doubling, so that
/// above 128 bytes less than 12.5 % of a block is waste. Pure mathematics.
/// </summary>
internal static class SizeClasses
{
    internal const long MinBlockBytes = 64;
    internal const long MaxBlockBytes = 1L << 21;
    internal const int Count = 5 + (14 * 8);

    /// <summary>The smallest class whose blocks hold <paramref name="byteCount"/> (1 to <see cref="MaxBlockBytes"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int IndexOf(long byteCount)
    {
        ulong last = (ulong)byteCount - 1;
        if (last < 128)
        {
            return (int)(Math.Max(last, 63) >> 4) - 3;
        }

        int doubling = BitOperations.Log2(last);
        return ((doubling - 7) << 3) + (int)(last >> (doubling - 3)) - 3;
    }

    internal static long BlockBytes(int index) => index < 5
        ? (index + 4L) << 4
        : ((index - 5) % 8 + 9L) << ((index - 5) / 8 + 4);
}
