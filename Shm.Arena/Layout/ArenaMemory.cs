using System.Numerics;
using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using Shm.Core;

namespace Shm.Arena;

/// <summary>
/// Typed pointers into a mapped arena. The pointers are computed from the verified capacity and kept in private memory. No
/// offset or index from shared memory is followed before it is compared with the verified capacity.
/// </summary>
internal sealed unsafe class ArenaMemory
{
    /// <summary>Minimum number of pages that are backed at once: 64 KiB of slab parts, and one page of heap slots.</summary>
    private const int PartStepPages = 16, HeapStepPages = 1;

    private readonly byte* _start;

    /// <summary>Number of parts, from part 1 on, that <see cref="Find"/> may access without asking whether they are backed.</summary>
    private ulong _findable;

    internal ArenaMemory(nint start, ArenaLayout layout, SafeFileHandle file)
    {
        _start = (byte*)start;
        Layout = layout;
        Header = (ArenaHeader*)_start;
        Processes = (ProcessSlot*)(_start + layout.Processes);
        UsedPages = (ulong*)(_start + layout.UsedPages);
        UsedParts = (ulong*)(_start + layout.UsedParts);
        FreeParts = new FreePartMap((ulong*)(_start + layout.FreeParts), (ulong*)(_start + layout.UsedParts));
        RegionMap = (uint*)(_start + layout.RegionMap);
        UnitMap = (uint*)(_start + layout.UnitMap);
        PageMap = (uint*)(_start + layout.PageMap);
        Parts = (SlabPart*)(_start + layout.Parts);
        Data = _start + layout.Data;
        File = new MetadataFile(start, file);
        BackedMap = new BackedPageMap(File, layout);
        BackedHeaps = new BackedTable(File, layout.Heaps, HeapSlot.ByteCount, ArenaLayout.HeapCount, 0, HeapStepPages);
        BackedParts = new BackedTable(
            File, layout.Parts, SlabPart.ByteCount, layout.PartCount, ArenaLayout.MaxSlabParts, PartStepPages);
    }

    internal ArenaLayout Layout { get; }

    internal ArenaHeader* Header { get; }

    /// <summary>Arena id in the handles of the arena's blocks. The id is never 0, since a default handle has the id 0.</summary>
    internal uint Id => (uint)Header->Identity | 1;

    internal ProcessSlot* Processes { get; }

    internal ulong* UsedPages { get; }

    internal ulong* UsedParts { get; }

    /// <summary>Bitmap of the parts that may have free blocks.</summary>
    internal FreePartMap FreeParts { get; }

    /// <summary>
    /// Map with an entry for each MiB of data: the index of the slab that covers the whole MiB, or 0 if <see cref="UnitMap"/>
    /// must be read.
    /// </summary>
    internal uint* RegionMap { get; }

    /// <summary>
    /// Map with an entry for each 64 KiB of data: the index of the slab that covers all 64 KiB, or 0 if <see cref="PageMap"/>
    /// must be read.
    /// </summary>
    internal uint* UnitMap { get; }

    internal uint* PageMap { get; }

    internal SlabPart* Parts { get; }

    internal byte* Data { get; }

    /// <summary>Pages of the metadata.</summary>
    internal MetadataFile File { get; }

    /// <summary>Pages of <see cref="PageMap"/> that are backed.</summary>
    internal BackedPageMap BackedMap { get; }

    /// <summary>Heap slots that are backed.</summary>
    internal BackedTable BackedHeaps { get; }

    /// <summary>Slab parts that are backed. A slab that begins with one of them lies in backed pages as a whole.</summary>
    internal BackedTable BackedParts { get; }

    internal HeapSlot* Heap(int index) => (HeapSlot*)(_start + Layout.Heaps + ((long)index * HeapSlot.ByteCount));

    internal nint AddressOf(long offset) => (nint)(_start + offset);

    internal long IndexOf(SlabPart* part) => part - Parts;

    /// <summary>
    /// Number of parts that may be in use. All of them are backed, whatever shared memory contains. A walk over the parts reads the
    /// number once, since reading it asks the kernel if the arena is damaged.
    /// </summary>
    internal long PartsEverUsed => BackedParts.Confirm(Header->ReadPartsEverUsed());

    /// <summary>
    /// Number of heap slots that may be in use. All of them are backed, whatever shared memory contains.
    /// </summary>
    internal int HeapsEverUsed => (int)BackedHeaps.Confirm(Header->HeapsEverUsed);

    /// <summary>Number of block-state slots that may be in use and are backed. See <see cref="BlockHandles.SlotIndexOf"/>.</summary>
    internal nuint SlotCount => PartsEverUsed is > 1 and var count ? (nuint)count * SlabPart.MaxBlocks : 0;

    /// <summary>
    /// Finds the part of the block that contains a byte of the data, and the block's index in the part. The result may be a
    /// part even if no block contains the byte, so the caller must check in the part that the block exists.
    /// </summary>
    /// <param name="offset">Offset of the byte from the start of the data, less than the capacity.</param>
    /// <param name="slab">First part of the slab.</param>
    /// <param name="index">Index of the block in the part.</param>
    /// <param name="remainder">Offset of the byte from the start of the block.</param>
    /// <returns>The part, or null if the byte's page belongs to no slab.</returns>
    internal SlabPart* Find(long offset, out SlabPart* slab, out int index, out long remainder)
    {
        var first = RegionMap[offset >> ArenaLayout.RegionShift];
        first = first != 0 ? first : UnitMap[offset >> ArenaLayout.UnitShift];
        first = first != 0 ? first : PageMapEntry(offset >> ArenaLayout.PageShift);
        (index, remainder) = (0, 0);
        slab = Parts + first;
        if (first - 1UL >= _findable && !IsBacked(first))
        {
            return null;
        }

        var distance = (ulong)(offset - slab->Start);
        ulong block = BlockNumber.Of(distance * slab->Reciprocal);
        remainder = (long)(distance - (block * (ulong)slab->BlockBytes));
        index = (int)block & (SlabPart.MaxBlocks - 1);

        // The map may name a released slab whose first part now belongs to another slab. A following part then need not belong
        // to that slab.
        var part = slab + (block >> 6);
        return block >> 6 < slab->PartCount && part->PartIndex == block >> 6 ? part : null;
    }

    /// <summary>
    /// Returns the number of a slab's parts. The number is at most <see cref="ArenaLayout.MaxSlabParts"/>, whatever shared
    /// memory contains.
    /// </summary>
    internal static int PartCountOf(SlabPart* slab) => Math.Min(slab->PartCount, (byte)ArenaLayout.MaxSlabParts);

    /// <summary>Returns true if the parts of a slab lie in the part table and agree with the slab's first part.</summary>
    internal bool IsConsistentSlab(long index, int classIndex, int partCount)
    {
        var isConsistent = classIndex < SizeClasses.Count && partCount is >= 1 and <= ArenaLayout.MaxSlabParts
            && index + partCount <= Layout.PartCount;
        for (var part = 0; isConsistent && part < partCount; part++)
        {
            isConsistent = Parts[index + part].PartIndex == part && Parts[index + part].Class == classIndex;
        }

        return isConsistent;
    }

    /// <summary>Returns the handle of a live block.</summary>
    internal ShmBlock Handle(SlabPart* part, int index, BlockState state, long byteCount) =>
        new(Id, state.Generation, part->Start + (index * part->BlockBytes), byteCount);

    /// <summary>Returns an entry of the page map; 0 if the entry is not backed, since no slab has used it then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint PageMapEntry(long page) => BackedMap.Contains(page) || BackedMap.Confirm(page) ? PageMap[page] : 0;

    /// <summary>Returns true if an index names a part that is backed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsBacked(uint part)
    {
        if (part == 0)
        {
            return false;
        }

        var isBacked = BackedParts.Confirm(part + 1L) > part;
        _findable = (ulong)Math.Max(0, BackedParts.Count - 1);
        return isBacked;
    }

    internal static int CountBits(ulong bits) => BitOperations.PopCount(bits);
}
