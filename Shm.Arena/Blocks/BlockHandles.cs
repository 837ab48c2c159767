using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Shm.Core;

namespace Shm.Arena;

/// <summary>
/// Converts between handles and block states of the blocks that this process holds. A handle begins with arena id and
/// generation, a state has holder and generation; for one arena and one process the two differ by a constant, so one
/// addition converts. If the sum has this process as holder, the handle is of this arena. If the sum equals the state in
/// shared memory, this process holds the block and the generation is right.
/// </summary>
internal readonly struct BlockHandles
{
    private readonly ulong _stateFromHandle;
    private readonly ulong _taking;
    private readonly uint _holder;

    internal BlockHandles(uint arenaId, uint holder)
    {
        _stateFromHandle = holder - (ulong)arenaId;
        _taking = new BlockState(0).TakenBy(holder).Bits;
        _holder = holder;
    }

    /// <summary>Returns the state that a handle's block has if this process holds it and it is of this arena.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong StateOf(in ShmBlock block) => Unsafe.As<ShmBlock, ulong>(ref Unsafe.AsRef(in block)) + _stateFromHandle;

    /// <summary>
    /// Returns whether a state has this process as holder. For a state made from a handle: whether the handle is of
    /// this arena.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsOwn(ulong state) => (uint)state == _holder;

    /// <summary>
    /// Returns the slot index that a handle's extent contains; a number beyond all slots if it contains none. It is a
    /// hint: the block state there must confirm it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nuint SlotIndexOf(ulong extent) => (nuint)((extent - ShmBlock.SlotIndexMark) >> ShmBlock.SlotIndexShift);

    /// <summary>Returns the extent of a part's first block, to which a block's index and length are added.</summary>
    internal static ulong FirstExtent(long part) => ShmBlock.SlotIndexMark + ((ulong)part * SlabPart.MaxBlocks << ShmBlock.SlotIndexShift);

    /// <summary>Returns the extent of a block of a part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Extent(ulong first, nuint index, long byteCount) => first + (index << ShmBlock.SlotIndexShift) + (ulong)byteCount;

    /// <summary>Returns the state of a free block after this process takes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong Take(ulong state) => state + _taking;

    /// <summary>
    /// Writes the handle of a block that was taken. Its first 16 bytes are one store because callers copy the handle by
    /// one load, and a processor does not forward several stores to one load.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Write(out ShmBlock block, ulong taken, long offset, ulong extent)
    {
        Unsafe.SkipInit(out block);
        ref byte start = ref Unsafe.As<ShmBlock, byte>(ref block);
        Unsafe.WriteUnaligned(ref start, Vector128.Create(taken - _stateFromHandle, (ulong)offset));
        Unsafe.WriteUnaligned(ref Unsafe.AddByteOffset(ref start, 16), extent);
    }
}
