using System.Numerics;
using Shm.Core;

namespace Shm.Arena;

/// <summary>
/// Typed pointers into a mapped arena. Where things lie is computed in private memory from the checked capacity; no
/// offset or index that stands in shared memory is followed unless it was compared with that.
/// </summary>
internal sealed unsafe class ArenaMemory
{
    private readonly byte* _start;

    internal ArenaMemory(nint start, ArenaLayout layout)
    {
        _start = (byte*)start;
        Layout = layout;
        Header = (ArenaHeader*)_start;
        Processes = (ProcessSlot*)(_start + layout.Processes);
        UsedPages = (ulong*)(_start + layout.UsedPages);
        UsedParts = (ulong*)(_start + layout.UsedParts);
        RegionMap = (uint*)(_start + layout.RegionMap);
        UnitMap = (uint*)(_start + layout.UnitMap);
        PageMap = (uint*)(_start + layout.PageMap);
        Parts = (SlabPart*)(_start + layout.Parts);
        Data = _start + layout.Data;
    }

    internal ArenaLayout Layout { get; }

    internal ArenaHeader* Header { get; }

    internal ProcessSlot* Processes { get; }

    internal ulong* UsedPages { get; }

    internal ulong* UsedParts { get; }

    /// <summary>By MiB of data, the slab that has all of it; 0 where <see cref="UnitMap"/> must be asked.</summary>
    internal uint* RegionMap { get; }

    /// <summary>By 64 KiB of data, the slab that has all of it; 0 where <see cref="PageMap"/> must be asked.</summary>
    internal uint* UnitMap { get; }

    internal uint* PageMap { get; }

    internal SlabPart* Parts { get; }

    internal byte* Data { get; }

    internal HeapSlot* Heap(int index) => (HeapSlot*)(_start + Layout.Heaps + ((long)index * HeapSlot.ByteCount));

    internal nint AddressOf(long offset) => (nint)(_start + offset);

    internal long IndexOf(SlabPart* part) => part - Parts;

    /// <summary>Parts that may be in use, whatever shared memory says.</summary>
    internal long PartsEverUsed => Math.Clamp(Volatile.Read(ref Header->PartsEverUsed), 0, Layout.PartCount);

    /// <summary>Places of blocks that may be, see <see cref="BlockHandles.PlaceOf"/>: of parts whose pages were claimed.</summary>
    internal nuint PlaceCount => PartsEverUsed is > 1 and var count ? (nuint)count * SlabPart.MaxBlocks : 0;

    /// <summary>
    /// The part, and the index in it, of the block that a byte of the data lies in. Any byte gives some part within
    /// the table: whether there is such a block, the caller must see from the part.
    /// </summary>
    /// <param name="offset">Bytes from the start of the data, within the capacity.</param>
    /// <param name="slab">The first part of the slab.</param>
    /// <param name="index">The block's index in the part.</param>
    /// <param name="remainder">Bytes from the block's start.</param>
    /// <returns>Null if the page is in no slab.</returns>
    internal SlabPart* Find(long offset, out SlabPart* slab, out int index, out long remainder)
    {
        uint first = RegionMap[offset >> ArenaLayout.RegionShift];
        first = first != 0 ? first : UnitMap[offset >> ArenaLayout.UnitShift];
        first = first != 0 ? first : PageMap[offset >> ArenaLayout.PageShift];
        (index, remainder) = (0, 0);
        slab = Parts + first;
        if (first >= (ulong)Layout.PartCount)
        {
            return null;
        }

        ulong distance = (ulong)(offset - slab->Start);
        ulong block = BlockNumber.Of(distance * slab->Reciprocal);
        remainder = (long)(distance - (block * (ulong)slab->BlockBytes));
        index = (int)block & (SlabPart.MaxBlocks - 1);

        // What a page belonged to before may describe another slab now, whose neighbour is none of its parts.
        SlabPart* part = slab + (block >> 6);
        return block >> 6 < slab->PartCount && part->PartIndex == block >> 6 ? part : null;
    }

    /// <summary>The handle of a live block.</summary>
    internal ShmBlock Handle(SlabPart* part, int index, ulong word, long byteCount) => new(
        ArenaId(Header->Identity), BlockWord.GenerationOf(word), part->Start + (index * part->BlockBytes), byteCount);

    /// <summary>What marks an arena's blocks: never 0, which is what a default handle has.</summary>
    internal static uint ArenaId(ulong identity) => (uint)identity | 1;

    internal static int BitsIn(ulong word) => BitOperations.PopCount(word);
}
