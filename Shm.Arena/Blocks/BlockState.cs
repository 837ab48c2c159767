using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Shm.Arena;

/// <summary>
/// The 64 bits that describe a block: its generation in the high half, and its holder's token in the low half. A block is live
/// if and only if it has a holder. The block states are authoritative: the free bits are derived from them and can be derived
/// again. This type is a copy of the bits; <see cref="BlockStateReference"/> points to the state in shared memory.
/// </summary>
internal readonly struct BlockState(ulong bits)
{
    private const ulong HolderMask = uint.MaxValue;
    private const ulong OneGeneration = 1UL << 32;

    /// <summary>Binary logarithm of the maximum number of blocks in a part. These blocks share the range of generations equally.</summary>
    private const int BlockBits = 6;

    internal ulong Bits => bits;

    internal uint Generation => (uint)(bits >> 32);

    /// <summary>Token of the holder; 0 if the block is free.</summary>
    internal uint Holder => (uint)bits;

    internal bool IsLive => (bits & HolderMask) != 0;

    /// <summary>True if the block is offered: after <see cref="ShmArena.Offer"/> and before <see cref="ShmArena.Claim"/>.</summary>
    internal bool IsOffered => (bits & ProcessToken.OfferedBit) != 0;

    /// <summary>State of the block after it is freed.</summary>
    internal BlockState Freed
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(bits & ~HolderMask);
    }

    /// <summary>
    /// Returns the state of this free block after a process has taken it: the given holder, and the next generation.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal BlockState TakenBy(uint holder) => new((bits + OneGeneration) | holder);

    /// <summary>Returns this state with another holder.</summary>
    internal BlockState With(uint holder) => new((bits & ~HolderMask) | holder);

    /// <summary>Returns true if the block is live, has the given generation, and is not offered.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsHeld(uint generation) => Generation == generation && (int)bits > 0;

    /// <summary>Returns a bitmap of those of several states that are free.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint FreeIn(Vector256<ulong> states) =>
        Vector256.Equals(states & Vector256.Create(HolderMask), Vector256<ulong>.Zero).ExtractMostSignificantBits();

    /// <summary>
    /// Returns the first state of the first block of a new part. The block is free, and its generation is computed from a
    /// number that is never used twice. A handle from an earlier slab at the same offset therefore matches only by chance, with
    /// a probability of 2^-32. The mixing function is the finalizer of MurmurHash3 (public domain).
    /// </summary>
    internal static BlockState Fresh(ulong number)
    {
        number = (number ^ (number >> 33)) * 0xFF51AFD7ED558CCD;
        number = (number ^ (number >> 33)) * 0xC4CEB9FE1A85EC53;
        return new((number ^ (number >> 33)) << 32);
    }

    /// <summary>
    /// Returns the first state of the block at an index, computed from the first state of the part's first block. The first
    /// generations of the 64 blocks are 2^26 allocations apart, which is as far as possible.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal BlockState Nth(int block) => new(bits + ((ulong)block << (64 - BlockBits)));

    /// <summary>Returns the bits of <see cref="Nth"/> for the indexes from 0 on, as many as a vector holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector<ulong> Consecutive() => new Vector<ulong>(bits) + (Vector<ulong>.Indices << (64 - BlockBits));

    /// <summary>Value to add to <see cref="Consecutive"/> for the next vector of states.</summary>
    internal static Vector<ulong> StepOfConsecutive
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new((ulong)Vector<ulong>.Count << (64 - BlockBits));
    }
}
