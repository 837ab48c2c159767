using System.Runtime.CompilerServices;

namespace Shm.Arena;

/// <summary>
/// A distance from a slab's start divided by its block size, by multiplying with 2^56 / size, rounded up. The highest
/// eight bits of the product are the block's number, which therefore is below 256 whatever stands in shared memory
/// (D. Lemire, O. Kaser, N. Kurz, "Faster remainder by direct computation", 2019). Exact for up to 256 blocks of less
/// than 2^24 bytes. Pure mathematics.
/// </summary>
internal static class BlockNumber
{
    private const int FractionBits = 56;

    internal static ulong Reciprocal(long blockBytes) => (((1UL << FractionBits) - 1) / (ulong)blockBytes) + 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nuint Of(ulong product) => (nuint)(product >> FractionBits);
}
