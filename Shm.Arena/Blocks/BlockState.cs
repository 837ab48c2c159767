using System.Runtime.CompilerServices;

namespace Shm.Arena;

/// <summary>
/// The 64 bits that say everything about a block: its generation in the high half, its holder's token in the low half.
/// A block is live if and only if it has a holder. Only these states are the truth; free bits and bitmaps are derived
/// from them and can be derived again. A value; <see cref="BlockStateReference"/> is where it lies.
/// </summary>
internal readonly struct BlockState(ulong bits)
{
    private const ulong HolderMask = uint.MaxValue;
    private const ulong OneGeneration = 1UL << 32;

    /// <summary>A part has at most 2^6 blocks, which share the generations equally.</summary>
    private const int BlockBits = 6;

    internal ulong Bits => bits;

    internal uint Generation => (uint)(bits >> 32);

    /// <summary>Token of the holder; 0 if the block is free.</summary>
    internal uint Holder => (uint)bits;

    internal bool IsLive => (bits & HolderMask) != 0;

    /// <summary>True between <see cref="ShmArena.Offer"/> and <see cref="ShmArena.Claim"/>.</summary>
    internal bool IsOffered => (bits & ProcessToken.OfferedBit) != 0;

    /// <summary>The state after the block is freed.</summary>
    internal BlockState Freed
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(bits & ~HolderMask);
    }

    /// <summary>Returns the state of a free block after a holder takes it: the next generation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal BlockState TakenBy(uint holder) => new((bits + OneGeneration) | holder);

    /// <summary>Returns this state with another holder.</summary>
    internal BlockState With(uint holder) => new((bits & ~HolderMask) | holder);

    /// <summary>Returns whether the block is live, of that generation, and not offered.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsHeld(uint generation) => Generation == generation && (int)bits > 0;

    /// <summary>
    /// Returns the free state that the first block of a new part begins with. The generation is drawn from a number that
    /// is never used twice, so a handle from an earlier slab at the same offset does not match, except for one chance in
    /// 2^32. The mixer is the finalizer of MurmurHash3 (public domain).
    /// </summary>
    internal static BlockState Fresh(ulong number)
    {
        number = (number ^ (number >> 33)) * 0xFF51AFD7ED558CCD;
        number = (number ^ (number >> 33)) * 0xC4CEB9FE1A85EC53;
        return new((number ^ (number >> 33)) << 32);
    }

    /// <summary>
    /// Returns the state that the block of an index begins with, from that of the part's first block. Generations of 64
    /// blocks lie as far apart as they can: 2^26 allocations of a block.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal BlockState Nth(int block) => new(bits + ((ulong)block << (64 - BlockBits)));
}
