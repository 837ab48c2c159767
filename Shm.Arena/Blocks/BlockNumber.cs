using System.Runtime.CompilerServices;

namespace Shm.Arena;

/// <summary>
/// Divides a distance from a slab's start by the block size: multiplies by 2^56 / size, rounded up, and takes the
/// highest eight bits of the product as the block's number. The number is therefore below 256 whatever shared memory
/// contains. Exact for up to 256 blocks of less than 2^24 bytes (D. Lemire, O. Kaser, N. Kurz, "Faster remainder by
/// direct computation", 2019).
/// </summary>
internal static class BlockNumber
{
    private const int FractionBits = 56;

    internal static ulong Reciprocal(long blockBytes) => (((1UL << FractionBits) - 1) / (ulong)blockBytes) + 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nuint Of(ulong product) => (nuint)(product >> FractionBits);
}
