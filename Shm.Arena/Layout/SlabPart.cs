using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Shm.Arena;

/// <summary>
/// Descriptor of up to 64 blocks of one size. A slab, a run of pages that is cut into equal blocks, has one part, or
/// up to four in a row if more than 64 of its blocks fit into a page. A block larger than
/// <see cref="SizeClasses.MaxBlockBytes"/> is a slab of one block.
/// </summary>
/// <remarks>
/// <para>
/// The fields lie on cache lines by who uses them: what every freeing thread reads; what only the owner's heap reads and
/// writes; what other threads write when they free the owner's blocks; the block states.
/// </para>
/// <para>
/// The block states are the truth, see <see cref="BlockState"/>. Only the owner's heap takes blocks, and it takes only
/// blocks whose free bit is set. A free bit is set only from a block state, so a remote-free flag too many or too late
/// never hands a block out twice. The chapter "The protocol" of README.md describes the order of steps.
/// </para>
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
internal unsafe struct SlabPart
{
    internal const int ByteCount = StatesOffset + (MaxBlocks * sizeof(ulong));
    internal const int MaxBlocks = 64;
    private const int StatesOffset = 192;

    /// <summary>Value of <see cref="Class"/> for a block that is larger than every class.</summary>
    internal const ushort LargeClass = ushort.MaxValue;

    // Every thread reads these; they are written while the slab is created.

    /// <summary>A <see cref="SlabState"/>. Written last when a slab is created, first when it is released.</summary>
    [FieldOffset(0)] internal uint State;
    [FieldOffset(4)] internal ushort Class;

    /// <summary>Index of this part within its slab.</summary>
    [FieldOffset(6)] internal byte PartIndex;

    /// <summary>Number of parts of the slab.</summary>
    [FieldOffset(7)] internal byte PartCount;
    [FieldOffset(8)] internal long BlockBytes;

    /// <summary>Offset of this part's first block, in bytes from the start of the data.</summary>
    [FieldOffset(16)] internal long Start;

    /// <summary>See <see cref="BlockNumber"/>; 0 for a large block.</summary>
    [FieldOffset(24)] internal ulong Reciprocal;

    /// <summary>
    /// Token of the heap that takes the slab's blocks, see <see cref="HeapToken"/>. That of the first part is the truth.
    /// Another part may name a heap of a process that exited during a change, and never another living heap.
    /// </summary>
    [FieldOffset(32)] internal ulong Owner;
    [FieldOffset(40)] internal long PageCount;

    /// <summary>Position of the part in its owner's <see cref="ClassParts"/>.</summary>
    [FieldOffset(48)] internal int Position;

    // Only the owner's heap reads and writes these.

    /// <summary>
    /// A bit for each block that the owner may take. A block's state is written first, its bit next: between the two the
    /// bit is a step behind.
    /// </summary>
    [FieldOffset(64)] internal ulong FreeBits;

    /// <summary>A bit for each block that exists.</summary>
    [FieldOffset(72)] internal ulong AllBlocks;

    /// <summary>See <see cref="BlockHandles.FirstExtent"/>.</summary>
    [FieldOffset(80)] internal ulong FirstExtent;

    // Other threads write this when they free blocks.

    /// <summary>
    /// 1 if other threads have freed blocks since the owner looked. The first thread sets it, after the block's state;
    /// what further threads free is found by the same look.
    /// </summary>
    [FieldOffset(128)] internal uint RemoteFreeFlag;

    /// <summary>A <see cref="BlockState"/> for each block.</summary>
    [FieldOffset(StatesOffset)] internal fixed ulong BlockStates[MaxBlocks];

    internal bool HasRemoteFreeFlag => Volatile.Read(ref RemoteFreeFlag) != 0;

    /// <summary>Returns the block's state. The index is taken modulo 64, so no value from shared memory leads elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static BlockStateReference StateOf(SlabPart* part, int index) => StateOf(part, (nuint)(index & (MaxBlocks - 1)));

    /// <summary>Returns the block's state; <paramref name="index"/> must be below 64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static BlockStateReference StateOf(SlabPart* part, nuint index) => new((ulong*)((byte*)part + StatesOffset) + index);

    /// <summary>Returns the part of a slot index, which must be within the table.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static SlabPart* At(SlabPart* parts, nuint slotIndex) => parts + (slotIndex / MaxBlocks);

    /// <summary>Returns whether a heap owned the part at the last look. A plain read, for the thread that uses that heap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly bool IsOwnedBy(ulong heap) => Owner == heap;

    internal ulong ReadOwner() => Volatile.Read(ref Owner);

    /// <summary>Gives the part to another heap of this process. A full barrier: a thread that frees later sees the new owner.</summary>
    internal void ChangeOwner(ulong heap) => Interlocked.Exchange(ref Owner, heap);

    /// <summary>Orders changed owners and positions before the reads of remote-free flags that follow.</summary>
    internal static void FenceOwnerChanges() => Interlocked.MemoryBarrier();

    internal uint ReadState() => Volatile.Read(ref State);

    /// <summary>Makes a slab exist that is complete but for its state.</summary>
    internal void Publish(uint state) => Volatile.Write(ref State, state);

    /// <summary>Ends a slab. From here on it does not exist, whatever happens to this process.</summary>
    internal void Withdraw() => Volatile.Write(ref State, SlabState.None);

    /// <summary>Reads the free bits of a part that another thread may own.</summary>
    internal ulong ReadFreeBits() => Volatile.Read(ref FreeBits);

    /// <summary>Clears the free bit of a block that was just taken, after its state. Only the owner's heap may call this.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void ClearLowestFreeBit(ulong free) => Volatile.Write(ref FreeBits, free & (free - 1));

    /// <summary>Sets the free bit of a block that was just freed, after its state. Only the owner's heap may call this.</summary>
    /// <returns>The free bits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong SetFreeBit(ulong bit)
    {
        ulong after = FreeBits | bit;
        Volatile.Write(ref FreeBits, after);
        return after;
    }

    /// <summary>Sets the free bits from the block states, which the free bits of an exited owner may be a step behind.</summary>
    internal void DeriveFreeBits() => Volatile.Write(ref FreeBits, FreeBlocks());

    /// <summary>Asks the owner to read the block states. A full barrier: the caller sees an owner that cleared the flag earlier.</summary>
    internal void SetRemoteFreeFlag() => Interlocked.Exchange(ref RemoteFreeFlag, 1);

    internal void InitializeRemoteFreeFlag() => Volatile.Write(ref RemoteFreeFlag, 0);

    /// <summary>Sets the free bits of blocks that other threads freed. Only the owner's heap may call this.</summary>
    internal void Collect()
    {
        if (!HasRemoteFreeFlag)
        {
            return;
        }

        KillPoint.Hit(CrashWindow.CollectFlagSeen);

        // The flag is cleared, by a full barrier, before the states are read: a thread that frees a block in between sets it again.
        Interlocked.Exchange(ref RemoteFreeFlag, 0);
        KillPoint.Hit(CrashWindow.CollectFlagCleared);
        DeriveFreeBits();
    }

    /// <summary>Returns a bit for each block that is free by its state.</summary>
    internal ulong FreeBlocks()
    {
        ulong free = 0;
        for (int index = 0; index < MaxBlocks; index++)
        {
            free |= new BlockState(Volatile.Read(ref BlockStates[index])).IsLive ? 0 : 1UL << index;
        }

        return free & AllBlocks;
    }
}
