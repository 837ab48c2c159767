using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Shm.Core;

namespace Shm.Arena;

/// <summary>
/// Converts between handles and block states of the blocks that this process holds. The first 64 bits of a handle are the arena
/// id and the generation; a block state consists of the holder and the generation. For one arena and one process these bits and
/// the state differ by a constant, so one addition converts a handle into a state. If this state names the process as the
/// holder, the handle belongs to this arena. If the computed state equals the block's state in shared memory, the process holds
/// the block and the handle's generation is right.
/// </summary>
internal readonly struct BlockHandles
{
    /// <summary>Binary logarithm of <see cref="SlabPart.MaxBlocks"/>.</summary>
    private const int SlotBits = 6;

    private readonly ulong _stateFromHandle;
    private readonly ulong _taking;
    private readonly ulong _holder;

    internal BlockHandles(uint arenaId, uint holder)
    {
        _stateFromHandle = holder - (ulong)arenaId;
        _taking = new BlockState(0).TakenBy(holder).Bits;
        _holder = holder;
    }

    /// <summary>
    /// Returns the state that the block of a handle has if this process holds the block and the block belongs to this arena.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong StateOf(in ShmBlock block) => Unsafe.As<ShmBlock, ulong>(ref Unsafe.AsRef(in block)) + _stateFromHandle;

    /// <summary>
    /// Returns true if a state names this process as the holder. A state that <see cref="StateOf"/> returned names this process
    /// only if the handle belongs to this arena.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsOwn(ulong state) => (uint)state == (uint)_holder;

    /// <summary>
    /// Returns the slot index in a handle's extent, or a number beyond all slots if the extent contains none. The index is only
    /// a hint: the block state at this index must confirm it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nuint SlotIndexOf(ulong extent) => (nuint)((extent - ShmBlock.SlotIndexMark) >> ShmBlock.SlotIndexShift);

    /// <summary>Returns true if an extent contains a slot index, whether the slot exists or not.</summary>
    internal static bool HasSlotIndex(ulong extent) => extent >> 62 == ShmBlock.SlotIndexMark >> 62;

    /// <summary>Returns the length in an extent that contains a slot index, in bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong ByteCountOf(ulong extent) => extent & ((1UL << ShmBlock.SlotIndexShift) - 1);

    /// <summary>
    /// Returns the limit for <see cref="IsBelow"/>: extents that contain a slot index below <paramref name="slotCount"/> are
    /// below the limit.
    /// </summary>
    internal static long ExtentLimit(nuint slotCount) => long.MinValue + ((long)slotCount << ShmBlock.SlotIndexShift);

    /// <summary>
    /// Returns true if an extent contains a slot index below the limit. <see cref="ShmBlock.SlotIndexMark"/> makes the signed
    /// number of such an extent smaller than that of any extent without a slot index, so one comparison suffices.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsBelow(ulong extent, long limit) => (long)extent < limit;

    /// <summary>
    /// Returns the slot index in a handle's extent plus that of <see cref="ShmBlock.SlotIndexMark"/>, which is a multiple of 64.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nuint MarkedSlotOf(ulong extent) => (nuint)(extent >> ShmBlock.SlotIndexShift);

    /// <summary>
    /// Returns <see cref="MarkedSlotOf"/> divided by the number of slots of a part, with one shift. For the division, the JIT would
    /// emit two shifts.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nuint MarkedPartOf(ulong extent) => (nuint)(extent >> (ShmBlock.SlotIndexShift + SlotBits));

    /// <summary>
    /// Returns the extent of a part's first block with length 0. <see cref="Extent"/> adds a block's index and length to this
    /// extent.
    /// </summary>
    internal static ulong FirstExtent(long part) => ShmBlock.SlotIndexMark + ((ulong)part * SlabPart.MaxBlocks << ShmBlock.SlotIndexShift);

    /// <summary>
    /// Returns the extent of a block, computed from that of its part's first block, the block's index in the part, and its
    /// length.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Extent(ulong first, nuint index, long byteCount) => first + (index << ShmBlock.SlotIndexShift) + (ulong)byteCount;

    /// <summary>Returns the state that a block of this process has after it is freed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong Free(ulong state) => state - _holder;

    /// <summary>Returns the state that a block had before it was freed, see <see cref="Free"/>.</summary>
    internal ulong Held(ulong freed) => freed + _holder;

    /// <summary>Returns true if a state names no holder.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsFree(ulong state) => (uint)state == 0;

    /// <summary>Returns the first 64 bits of the handle of a block with the given state, the inverse of <see cref="StateOf"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong HandleOf(ulong taken) => taken - _stateFromHandle;

    /// <summary>Returns the state that a free block has after this process has taken the block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong Take(ulong state) => state + _taking;

    /// <summary>
    /// Writes the handle of a block that was just taken. One store writes the first 16 bytes, because callers copy them with
    /// one load, and a processor does not forward several stores to one load.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Write(out ShmBlock block, ulong first, long offset, ulong extent)
    {
        Unsafe.SkipInit(out block);
        ref var start = ref Unsafe.As<ShmBlock, byte>(ref block);
        Unsafe.WriteUnaligned(ref start, Vector128.Create(first, (ulong)offset));
        Unsafe.WriteUnaligned(ref Unsafe.AddByteOffset(ref start, 16), extent);
    }
}
