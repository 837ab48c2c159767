using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Shm.Arena;

/// <summary>
/// Up to 64 blocks of one size. A slab, a run of pages cut into equal blocks, is described by one part, or by a few
/// in a row where its blocks are so small that more than 64 fill a page. A block larger than
/// <see cref="SizeClasses.MaxBlockBytes"/> is a slab of one block.
///
/// Three kinds of fields, on cache lines of their own: what every freeing thread reads; what the owner's heap alone
/// reads and writes; and what others write who free the owner's blocks.
///
/// <b>The protocol.</b> <see cref="Words"/> is the truth, see <see cref="BlockWord"/>. <see cref="LocalFree"/> is the
/// owner's list of free blocks; <see cref="Notice"/> tells him to look at the words again. Only the owner's
/// heap takes blocks, and what it lists is what the words say, so a notice too many or too late never hands a block out
/// twice. What a process that dies may leave is a free block that is not listed, without notice or with notice that the
/// heap has no word of (see <see cref="HeapSlot"/>): recovery gives both. While such a process is stopped instead, or
/// where word went to a heap that owned the part before, the part's free blocks wait until its owner looks at it: when
/// it is the one that blocks are taken from and has none left, or when the heap finds no room and looks at all.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
internal unsafe struct SlabPart
{
    internal const int ByteCount = WordsOffset + (MaxBlocks * sizeof(ulong));
    internal const int MaxBlocks = 64;
    private const int WordsOffset = 192;

    /// <summary>What <see cref="Class"/> says of a block larger than every class.</summary>
    internal const ushort LargeClass = ushort.MaxValue;

    // Read by all, written while the slab is made.

    /// <summary>A <see cref="SlabState"/>: whether this is the first part of a slab that exists. Written last when one is made, first when it is given up.</summary>
    [FieldOffset(0)] internal uint State;
    [FieldOffset(4)] internal ushort Class;

    /// <summary>This part's place within its slab.</summary>
    [FieldOffset(6)] internal byte PartIndex;

    /// <summary>How many parts the slab has.</summary>
    [FieldOffset(7)] internal byte PartCount;
    [FieldOffset(8)] internal long BlockBytes;

    /// <summary>Where this part's first block lies, in bytes from the start of the data.</summary>
    [FieldOffset(16)] internal long Start;

    /// <summary>See <see cref="BlockNumber"/>; 0 for a large block.</summary>
    [FieldOffset(24)] internal ulong Reciprocal;

    /// <summary>
    /// The heap that takes the slab's blocks, see <see cref="HeapToken"/>. That of the first part is the truth. Another
    /// part may name a heap of a process that died over a change, and never another living one.
    /// </summary>
    [FieldOffset(32)] internal ulong Owner;
    [FieldOffset(40)] internal long PageCount;

    /// <summary>The part's position in its heap's list for the class.</summary>
    [FieldOffset(48)] internal int Position;

    // The owner's.
    [FieldOffset(64)] internal ulong LocalFree;

    /// <summary>A bit for each block there is.</summary>
    [FieldOffset(72)] internal ulong AllBlocks;

    /// <summary>The place of the part's first block, as handles say it: see <see cref="BlockHandles.FirstExtent"/>.</summary>
    [FieldOffset(80)] internal ulong FirstExtent;

    // Everybody else's.
    /// <summary>
    /// 1 if others have freed blocks since the owner looked. Set after a block's word, by the first of them alone: what
    /// each further one does to the word is seen by the same look.
    /// </summary>
    [FieldOffset(128)] internal uint Notice;

    [FieldOffset(WordsOffset)] internal fixed ulong Words[MaxBlocks];

    /// <summary>The word of a block, whose index is taken modulo 64: no value from shared memory leads elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ref ulong Word(SlabPart* part, int index) => ref part->Words[index & (MaxBlocks - 1)];

    /// <summary>As <see cref="Word(SlabPart*, int)"/>, of an index that is below 64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ref ulong Word(SlabPart* part, nuint index) => ref *((ulong*)((byte*)part + WordsOffset) + index);

    /// <summary>The part that describes the block of a place, which must be within the table.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static SlabPart* At(SlabPart* parts, nuint place) => parts + (place / MaxBlocks);

    /// <summary>Lists what others freed. Only the owner's heap may call this.</summary>
    internal static void Collect(SlabPart* part)
    {
        uint notice = Volatile.Read(ref part->Notice);
        if (notice == 0)
        {
            return;
        }

        KillPoint.Hit(CrashWindow.CollectFlagSeen);

        // Cleared, by a full barrier, before the words are read: who frees a block in between gives notice again.
        Interlocked.Exchange(ref part->Notice, 0);
        KillPoint.Hit(CrashWindow.CollectFlagCleared);
        Volatile.Write(ref part->LocalFree, FreeBlocks(part));
    }

    /// <summary>A bit for each block that its word says is free.</summary>
    internal static ulong FreeBlocks(SlabPart* part)
    {
        ulong free = 0;
        for (int index = 0; index < MaxBlocks; index++)
        {
            free |= BlockWord.IsLive(Volatile.Read(ref Word(part, index))) ? 0 : 1UL << index;
        }

        return free & part->AllBlocks;
    }
}

/// <summary>What a slab part is.</summary>
internal static class SlabState
{
    /// <summary>Nothing, or a further part of a slab.</summary>
    internal const uint None = 0;

    /// <summary>The first part of a slab that a heap owns.</summary>
    internal const uint Slab = 1;

    /// <summary>A large block.</summary>
    internal const uint Large = 2;
}
