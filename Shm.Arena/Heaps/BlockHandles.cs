using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Shm.Core;

namespace Shm.Arena;

/// <summary>
/// Handles of blocks that this process holds, and their words. A handle begins with segment and generation, a word has
/// holder and generation: of one process and one arena the two differ by a constant, so that one addition makes one of
/// the other. That the sum has this process as holder says that the handle is of this arena; that it is the block's
/// word, that this process holds the block and the generation is right.
/// </summary>
internal readonly struct BlockHandles
{
    private readonly ulong _wordFromHandle;
    private readonly ulong _taking;
    private readonly uint _holder;

    internal BlockHandles(uint arenaId, uint holder)
    {
        _wordFromHandle = holder - (ulong)arenaId;
        _taking = BlockWord.Take(0, holder);
        _holder = holder;
    }

    /// <summary>What the word of a handle's block is if the block is live, of this arena, and this process's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong WordOf(in ShmBlock block) => Unsafe.As<ShmBlock, ulong>(ref Unsafe.AsRef(in block)) + _wordFromHandle;

    /// <summary>Whether a word has this process as holder; of one made from a handle: whether the handle is of this arena.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsOwn(ulong word) => (uint)word == _holder;

    /// <summary>
    /// Where a handle, by its extent, says that its block's word stands: a number that is beyond all places if it does
    /// not say so. That the word there is the block's, the word must confirm.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nuint PlaceOf(ulong extent) => (nuint)((extent - ShmBlock.SlotIndexMark) >> ShmBlock.SlotIndexShift);

    /// <summary>The place of a part's first block, as an extent to which a block's index and length are added.</summary>
    internal static ulong FirstExtent(long part) => ShmBlock.SlotIndexMark + ((ulong)part * SlabPart.MaxBlocks << ShmBlock.SlotIndexShift);

    /// <summary>The extent of a block of a part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Extent(ulong first, nuint index, long byteCount) => first + (index << ShmBlock.SlotIndexShift) + (ulong)byteCount;

    /// <summary>A free block's word, taken by this process.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong Take(ulong word) => word + _taking;

    /// <summary>
    /// A taken block's handle. Its first 16 bytes are written at once, because that is how the handle will be copied:
    /// a processor does not forward several stores to one load.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Write(out ShmBlock block, ulong taken, long offset, ulong extent)
    {
        Unsafe.SkipInit(out block);
        ref byte start = ref Unsafe.As<ShmBlock, byte>(ref block);
        Unsafe.WriteUnaligned(ref start, Vector128.Create(taken - _wordFromHandle, (ulong)offset));
        Unsafe.WriteUnaligned(ref Unsafe.AddByteOffset(ref start, 16), extent);
    }
}
