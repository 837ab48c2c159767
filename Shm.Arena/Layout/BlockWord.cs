using System.Runtime.CompilerServices;

namespace Shm.Arena;

/// <summary>
/// The one word that says everything about a block: the generation in the high half, the holder's token in the low
/// half. A block is live if and only if it has a holder. Every change of a block's state is the change of this word;
/// all bitmaps are made from it and can be made again.
/// </summary>
internal static class BlockWord
{
    private const ulong HolderMask = uint.MaxValue;
    private const ulong OneGeneration = 1UL << 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint GenerationOf(ulong word) => (uint)(word >> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint HolderOf(ulong word) => (uint)word;

    internal static bool IsLive(ulong word) => (word & HolderMask) != 0;

    /// <summary>A free block's word, taken by a holder, of the next generation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Take(ulong word, uint holder) => (word + OneGeneration) | holder;

    /// <summary>A live block's word, given back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong GiveBack(ulong word) => word & ~HolderMask;

    internal static ulong With(ulong word, uint holder) => (word & ~HolderMask) | holder;

    /// <summary>Whether it is live, of that generation and not on its way to another process.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsHeld(ulong word, uint generation) => GenerationOf(word) == generation && (int)word > 0;

    /// <summary>
    /// A free word whose generation is drawn from a number that is never used twice, so that a handle from an earlier
    /// slab in the same place is told from one of this slab (but for one chance in 2^32). The mixer is the
    /// finalizer of MurmurHash3 (public domain).
    /// </summary>
    internal static ulong Fresh(ulong number)
    {
        number = (number ^ (number >> 33)) * 0xFF51AFD7ED558CCD;
        number = (number ^ (number >> 33)) * 0xC4CEB9FE1A85EC53;
        return (number ^ (number >> 33)) << 32;
    }

    /// <summary>The words of a part, from the one that was drawn: as far from each other as 64 can be, which is 2^26 takings of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Nth(ulong fresh, int block) => fresh + ((ulong)block << (64 - BlockBits));

    /// <summary>64 blocks share the generations of a part equally.</summary>
    private const int BlockBits = 6;
}
