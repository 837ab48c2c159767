using System.Runtime.CompilerServices;

namespace Shm.Arena;

/// <summary>
/// Computes the number of a block from its distance to the start of its slab. Instead of dividing the distance by the block
/// size, multiplies it by 2^56 / block size, rounded up, and takes the highest eight bits of the product. The number is
/// therefore below 256, whatever values shared memory contains. The result is exact for up to 256 blocks of less than 2^24
/// bytes (D. Lemire, O. Kaser, N. Kurz, "Faster remainder by direct computation", 2019).
/// </summary>
internal static class BlockNumber
{
    private const int FractionBits = 56;

    internal static ulong Reciprocal(long blockBytes) => (((1UL << FractionBits) - 1) / (ulong)blockBytes) + 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nuint Of(ulong product) => (nuint)(product >> FractionBits);
}
