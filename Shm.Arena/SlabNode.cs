using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Shm.Arena;

/// <summary>
/// A run of pages cut into up to 64 equal blocks. All atomic steps on a slab's blocks stand here.
///
/// A block belongs to whoever clears its bit in <see cref="FreeBits"/>. While one block is out, the slab can't be
/// released, so whoever holds a block may read the other fields. A thread that still remembers a released slab
/// finds an empty bitmap, or, if the node was used anew, must compare the class after it took a block.
/// A generation is odd while its block is live: it goes up after taking and before giving back.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = (int)ByteCount)]
internal unsafe struct SlabNode
{
    internal const long ByteCount = 320;
    internal const int MaxBlocks = 64;
    internal const uint GenerationMask = (1u << OrderShift) - 1;
    internal const int OrderShift = 27;

    /// <summary>A class that no size has: runs of one large block.</summary>
    internal const int LargeClass = 254;

    [FieldOffset(0)] internal ulong FreeBits;
    [FieldOffset(8)] internal long BlockBytes;
    [FieldOffset(16)] internal ulong Reciprocal;
    [FieldOffset(24)] internal long Start;
    [FieldOffset(32)] internal long Next;
    [FieldOffset(40)] internal long NextLive;
    [FieldOffset(48)] internal long PreviousLive;

    /// <summary>1: current, on the stack, or not in use; 0: full, and found again by the first block given back.</summary>
    [FieldOffset(56)] internal int Listed;
    [FieldOffset(60)] internal byte Class;
    [FieldOffset(61)] internal byte Order;
    [FieldOffset(62)] internal byte BlockCount;
    [FieldOffset(64)] internal fixed uint Generations[MaxBlocks];

    internal readonly ulong AllBits => ulong.MaxValue >> (MaxBlocks - BlockCount);

    /// <returns>The index of the block taken, or -1 if there is none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Take(SlabNode* slab)
    {
        ulong bits = Volatile.Read(ref slab->FreeBits);
        while (bits != 0)
        {
            ulong seen = Interlocked.CompareExchange(ref slab->FreeBits, bits & (bits - 1), bits);
            if (seen == bits)
            {
                return System.Numerics.BitOperations.TrailingZeroCount(bits);
            }

            bits = seen;
        }

        return -1;
    }

    /// <returns>False if the block was not out.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool GiveBack(SlabNode* slab, int index)
    {
        ulong bit = 1UL << index;
        ulong bits = Volatile.Read(ref slab->FreeBits);
        while (true)
        {
            if ((bits & bit) != 0)
            {
                return false;
            }

            ulong seen = Interlocked.CompareExchange(ref slab->FreeBits, bits | bit, bits);
            if (seen == bits)
            {
                return true;
            }

            bits = seen;
        }
    }

    /// <summary>Takes every block at once.</summary>
    internal static bool TryTakeAll(SlabNode* slab) =>
        Interlocked.CompareExchange(ref slab->FreeBits, 0, slab->AllBits) == slab->AllBits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int IndexOf(SlabNode* slab, long offset) =>
        (int)Math.Min(Math.BigMul((ulong)(offset - slab->Start), slab->Reciprocal, out _), MaxBlocks);
}
