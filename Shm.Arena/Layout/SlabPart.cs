using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Shm.Core;

namespace Shm.Arena;

/// <summary>
/// Descriptor of up to 64 blocks of one size. A slab is a run of pages that is cut into equal blocks. A slab has one part, or
/// up to four consecutive parts if more than 64 of its blocks fit into a page. A block larger than
/// <see cref="SizeClasses.MaxBlockBytes"/> is a slab of one block.
/// </summary>
/// <remarks>
/// <para>
/// Fields that different threads use lie on different cache lines. The groups are: fields that every freeing thread reads;
/// fields that the owner's heap reads and writes on its fast paths; the field that other threads write when they free the owner's blocks;
/// the block states.
/// </para>
/// <para>
/// The block states are authoritative, see <see cref="BlockState"/>. Only the owner's heap takes blocks, and it takes only
/// blocks whose free bit is set. A free bit is set only from a block state, so a superfluous or late remote-free flag never
/// causes a block to be handed out twice. The chapter "The protocol" of README.md describes the order of steps.
/// </para>
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
internal unsafe struct SlabPart
{
    internal const int ByteCount = StatesOffset + (MaxBlocks * sizeof(ulong));
    internal const int MaxBlocks = 64;
    private const int StatesOffset = 192;

    /// <summary>Value of <see cref="Class"/> for a block that is larger than every class.</summary>
    internal const byte LargeClass = byte.MaxValue;

    /// <summary>Value of <see cref="UpdateThreshold"/> that every free exceeds.</summary>
    internal const ulong EveryFree = 0;

    /// <summary>Value of <see cref="UpdateThreshold"/> that no free exceeds.</summary>
    internal const ulong NoFree = ulong.MaxValue;

    // Every thread that frees a block reads the following fields. They are written while the slab is created.

    /// <summary>
    /// Value of <see cref="SlabState"/>. The state is written last when a slab is created, and first when the slab is released.
    /// </summary>
    [FieldOffset(0)] internal uint State;
    [FieldOffset(4)] internal byte Class;

    /// <summary>Index of this part within its slab.</summary>
    [FieldOffset(6)] internal byte PartIndex;

    /// <summary>Number of parts of the slab.</summary>
    [FieldOffset(7)] internal byte PartCount;
    [FieldOffset(8)] internal long BlockBytes;

    /// <summary>Offset of this part's first block, in bytes from the start of the data.</summary>
    [FieldOffset(16)] internal long Start;

    /// <summary>Multiplier that replaces the division by the block size, see <see cref="BlockNumber"/>; 0 for a large block.</summary>
    [FieldOffset(24)] internal ulong Reciprocal;

    /// <summary>
    /// Token of the heap that owns the slab and takes its blocks, see <see cref="HeapToken"/>. The value in the slab's first
    /// part is authoritative. If a process exited while it changed the owner, another part may still name a heap of that
    /// process, or may lack the mark of a seizure, but never names another living heap.
    /// </summary>
    [FieldOffset(32)] internal ulong Owner;
    [FieldOffset(40)] internal long PageCount;

    /// <summary>Position of the part in its owner's <see cref="ClassParts"/>.</summary>
    [FieldOffset(48)] internal int Position;

    // Only the owner's heap reads and writes the following fields on its fast paths.

    /// <summary>
    /// Bit n is set if the owner may take block n. A block's state is written first, then its bit, so between the two writes
    /// the bit is out of date.
    /// </summary>
    [FieldOffset(64)] internal ulong FreeBits;

    /// <summary>Bit n is set if the part has a block n.</summary>
    [FieldOffset(72)] internal ulong AllBlocks;

    /// <summary>Extent of the part's first block, see <see cref="BlockHandles.FirstExtent"/>.</summary>
    [FieldOffset(80)] internal ulong FirstExtent;

    /// <summary>
    /// The owner's heap updates its tables when a free leaves free bits that are, as a number, greater than this threshold. It is
    /// <see cref="EveryFree"/> if the part is unavailable, or if a thread has marked it as full in the free-part map;
    /// <see cref="NoFree"/> if the heap keeps the slab although it may be empty; else <see cref="EmptyingFree"/>. Whoever raises the
    /// threshold sets the part's bit in the free-part map afterwards.
    /// </summary>
    [FieldOffset(88)] internal ulong UpdateThreshold;

    // Other threads write the following field when they free blocks.

    /// <summary>
    /// 1 if other threads have freed blocks since the owner last read the block states. The first thread that frees a block
    /// sets the flag, after it has changed the block's state. Other threads that free blocks afterwards leave the flag set; the
    /// owner's next read finds their blocks too.
    /// </summary>
    [FieldOffset(128)] internal uint RemoteFreeFlag;

    /// <summary>State of each block, see <see cref="BlockState"/>.</summary>
    [FieldOffset(StatesOffset)] internal fixed ulong BlockStates[MaxBlocks];

    /// <summary>
    /// Value of <see cref="UpdateThreshold"/> that only a free that makes the part empty exceeds. For a part of one block, which each free
    /// makes empty and current, it is <see cref="NoFree"/>: the heap updates its tables when another part becomes current.
    /// </summary>
    internal readonly ulong EmptyingFree => IsSingleBlock ? NoFree : AllBlocks - 1;

    /// <summary>True if the part has one block.</summary>
    internal readonly bool IsSingleBlock => AllBlocks == 1;

    internal bool HasRemoteFreeFlag => Volatile.Read(ref RemoteFreeFlag) != 0;

    /// <summary>
    /// Returns a reference to a block's state. The index is taken modulo 64, so even a wrong index leads to a state of this
    /// part.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static BlockStateReference StateOf(SlabPart* part, int index) => StateOf(part, (nuint)(index & (MaxBlocks - 1)));

    /// <summary>Returns a reference to a block's state; <paramref name="index"/> must be below 64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static BlockStateReference StateOf(SlabPart* part, nuint index) => new((ulong*)((byte*)part + StatesOffset) + index);

    /// <summary>Returns the index of the lowest free block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nuint LowestBlock(ulong free) =>
        // The instruction returns 64 bits, so that the index needs no extension.
        Bmi1.X64.IsSupported ? (nuint)Bmi1.X64.TrailingZeroCount(free) : (nuint)(uint)BitOperations.TrailingZeroCount(free);

    /// <summary>Returns the free bit of a slot in its part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong BitOf(nuint slotIndex) => 1UL << (int)slotIndex;

    /// <summary>
    /// Returns the base address for <see cref="AtMarked"/>: the table, moved back by the part number that
    /// <see cref="ShmBlock.SlotIndexMark"/> stands for, so that a free needs no subtraction.
    /// </summary>
    internal static SlabPart* Marked(SlabPart* parts) => parts - (long)BlockHandles.MarkedPartOf(ShmBlock.SlotIndexMark);

    /// <summary>Returns the part whose number <see cref="BlockHandles.MarkedPartOf"/> returned.</summary>
    /// <param name="markedParts">Result of <see cref="Marked"/>.</param>
    /// <param name="markedPart">Number of a part within the table.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static SlabPart* AtMarked(SlabPart* markedParts, nuint markedPart) => markedParts + markedPart;

    /// <summary>
    /// Returns true if the part's owner field names the heap. This plain read is sufficient for the thread that uses that heap.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly bool IsOwnedBy(ulong heap) => Owner == heap;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong ReadOwner()
    {
        KillPoint.Step();
        return Volatile.Read(ref Owner);
    }

    /// <summary>
    /// Changes the owner of a part that another heap owns. The exchange is a full barrier: a thread that frees a block later
    /// sees the new owner.
    /// </summary>
    internal void ChangeOwner(ulong heap)
    {
        KillPoint.Step();
        Interlocked.Exchange(ref Owner, heap);
    }

    /// <summary>Makes changed owners and positions visible before the following reads of remote-free flags.</summary>
    internal static void FenceOwnerChanges() => Interlocked.MemoryBarrier();

    internal uint ReadState() => Volatile.Read(ref State);

    /// <summary>Writes the state of a slab that is otherwise complete. From here on the slab exists.</summary>
    internal void Publish(uint state) => Volatile.Write(ref State, state);

    /// <summary>Clears the state of a slab. From here on the slab does not exist, even if this process exits.</summary>
    internal void Withdraw() => Volatile.Write(ref State, SlabState.None);

    /// <summary>Reads the free bits of a part that another thread may own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong ReadFreeBits() => Volatile.Read(ref FreeBits);

    /// <summary>
    /// Clears the free bit of a block that was just taken. Only the owner's heap may call this, after it has written the
    /// block's state.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void ClearLowestFreeBit(ulong free) => Volatile.Write(ref FreeBits, free & (free - 1));

    /// <summary>
    /// Sets the free bit of a block that was just freed. Only the owner's heap may call this, after it has written the block's
    /// state.
    /// </summary>
    /// <returns>The new free bits of the part.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong SetFreeBit(ulong bit)
    {
        var after = FreeBits | bit;
        Volatile.Write(ref FreeBits, after);
        return after;
    }

    /// <summary>
    /// Returns true if the owner's heap must update its tables after a free, see <see cref="UpdateThreshold"/>. The owner's heap calls
    /// this after it has written the block's state.
    /// </summary>
    /// <param name="free">Free bits after the free.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsUpdateDue(ulong free)
    {
        KillPoint.Step();
        return free > Volatile.Read(ref UpdateThreshold);
    }

    /// <summary>Writes the threshold. Any thread may write <see cref="EveryFree"/>; only the owner's heap may write other values.</summary>
    internal void WriteUpdateThreshold(ulong threshold)
    {
        KillPoint.Step();
        Volatile.Write(ref UpdateThreshold, threshold);
    }

    /// <summary>Derives the free bits from the block states. The free bits of an owner that has exited may be out of date.</summary>
    internal void DeriveFreeBits()
    {
        var free = FreeBlocks();
        KillPoint.Step();
        Volatile.Write(ref FreeBits, free);
    }

    /// <summary>
    /// Asks the owner to read the block states. The exchange is a full barrier: if a new owner cleared the flag earlier, the
    /// caller sees that owner afterwards.
    /// </summary>
    internal void SetRemoteFreeFlag()
    {
        KillPoint.Step();
        Interlocked.Exchange(ref RemoteFreeFlag, 1);
    }

    internal void InitializeRemoteFreeFlag() => Volatile.Write(ref RemoteFreeFlag, 0);

    /// <summary>Sets the free bits of blocks that other threads freed. Only the owner's heap may call this.</summary>
    internal void Collect()
    {
        if (!HasRemoteFreeFlag)
        {
            return;
        }

        KillPoint.Hit(CrashWindow.CollectFlagSeen);

        // The flag is cleared, with a full barrier, before the states are read. A thread that frees a block in between sets the
        // flag again.
        Interlocked.Exchange(ref RemoteFreeFlag, 0);
        KillPoint.Hit(CrashWindow.CollectFlagCleared);
        DeriveFreeBits();
    }

    /// <summary>Returns a bitmap of the blocks whose state is free.</summary>
    // A vector load reads each aligned 64-bit element as a whole. The barrier keeps later accesses behind the loads.
    internal ulong FreeBlocks()
    {
        ulong free = 0;
        fixed (ulong* states = BlockStates)
        {
            for (var index = 0; index < MaxBlocks; index += Vector256<ulong>.Count)
            {
                free |= (ulong)BlockState.FreeIn(Vector256.Load(states + index)) << index;
            }
        }

        Volatile.ReadBarrier();
        return free & AllBlocks;
    }
}
