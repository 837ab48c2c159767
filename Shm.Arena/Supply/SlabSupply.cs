using System.Numerics;

namespace Shm.Arena;

/// <summary>
/// Makes slabs and large blocks out of free pages, and pages of them again. What exists is what
/// <see cref="SlabPart.State"/> says; the bitmaps and counts are made from that and are made again if a holder of the
/// lock died over them. The caller holds the supply lock.
/// </summary>
internal sealed unsafe class SlabSupply(ArenaMemory memory, MetadataClaims claims)
{
    /// <summary>A slab takes at most this part of the arena, or a small arena would be one size's alone.</summary>
    private const int MostSlabShare = 128;

    /// <summary>A slab may always take 64 KiB.</summary>
    private const long LeastSlabPages = 16;

    private readonly BitRuns _pages = new(memory.UsedPages, memory.Layout.PageCount);
    private readonly BitRuns _parts = new(memory.UsedParts, memory.Layout.PartCount);
    private readonly SlabMap _map = new(memory, claims);
    private readonly long _mostSlabPages = Math.Max(LeastSlabPages, memory.Layout.PageCount / MostSlabShare);
    private readonly SlabShape[] _shapes = new SlabShape[SizeClasses.Count];

    /// <summary>A slab whose blocks are all free.</summary>
    /// <returns>Its first part's index, or 0 if there is no room.</returns>
    internal long TryMakeSlab(int classIndex, ulong owner)
    {
        long blockBytes = SizeClasses.BlockBytes(classIndex);

        // Blocks of a slab that begins at a multiple of their size's lowest bit are all aligned to it.
        long alignment = Math.Max(1, (blockBytes & -blockBytes) >> ArenaLayout.PageShift);
        for (long mostPages = _mostSlabPages; ; mostPages /= 2)
        {
            SlabShape shape = mostPages == _mostSlabPages ? ShapeOf(classIndex) : SlabShape.For(blockBytes, mostPages);
            if (TryTakePages(shape.PageCount, SlabMap.AlignmentFor(shape.PageCount, alignment)) is var page && page >= 0)
            {
                return Make(page, shape, blockBytes, (ushort)classIndex, owner, word: 0);
            }

            if (shape.BlockCount == 1 || shape.PageCount == 1)
            {
                return 0;
            }
        }
    }

    /// <summary>A large block, taken by a holder.</summary>
    /// <returns>Its part's index, or 0 if there is no room.</returns>
    internal long TryMakeLarge(long byteCount, long alignment, uint holder)
    {
        long pageCount = (byteCount + ArenaLayout.PageBytes - 1) >> ArenaLayout.PageShift;
        long page = TryTakePages(pageCount, SlabMap.AlignmentFor(pageCount, Math.Max(1, alignment >> ArenaLayout.PageShift)));
        page = page >= 0 ? page : TryTakePages(pageCount, Math.Max(1, alignment >> ArenaLayout.PageShift));
        return page < 0 ? 0 : Make(page, new SlabShape(pageCount, 1), pageCount << ArenaLayout.PageShift, SlabPart.LargeClass, 0, holder);
    }

    /// <summary>Gives the pages of a slab or large block back, none of whose blocks is live.</summary>
    internal void Release(long index)
    {
        SlabPart* slab = memory.Parts + index;
        (long page, long pageCount, long partCount) = Extent(slab);
        slab->Owner = 0;
        KillPoint.Hit(CrashWindow.ReleaseOwnerCleared);

        // From here on it does not exist, whatever becomes of this process.
        Volatile.Write(ref slab->State, SlabState.None);
        KillPoint.Hit(CrashWindow.ReleaseStateCleared);
        if (_pages.Holds(page, pageCount) && _parts.Holds(index, partCount))
        {
            _pages.Mark(page, pageCount, inUse: false);
            KillPoint.Hit(CrashWindow.ReleasePagesFreed);
            _parts.Mark(index, partCount, inUse: false);
            KillPoint.Hit(CrashWindow.ReleasePartsFreed);
            memory.Header->PagesInUse -= pageCount;
            KillPoint.Hit(CrashWindow.ReleaseCounted);
            memory.Header->SearchPartsFrom = Math.Min(memory.Header->SearchPartsFrom, index);
            for (int kind = BitOperations.Log2((ulong)pageCount); kind >= 0; kind--)
            {
                ref long from = ref SearchFrom(kind);
                from = Math.Min(from, page);
            }
        }
    }

    /// <summary>Makes bitmaps and counts again from what exists.</summary>
    internal void Rebuild()
    {
        ArenaHeader* header = memory.Header;
        _pages.Clear();
        _parts.Clear();
        KillPoint.Hit(CrashWindow.RebuildBitmapsCleared);
        header->SearchPartsFrom = 1;
        header->PagesInUse = 0;
        for (int kind = 0; kind < ArenaHeader.LengthKinds; kind++)
        {
            SearchFrom(kind) = 0;
        }

        for (long index = 1; index < memory.PartsEverUsed; index++)
        {
            SlabPart* slab = memory.Parts + index;
            (long page, long pageCount, long partCount) = Extent(slab);
            if (slab->State != SlabState.None && _pages.Holds(page, pageCount) && _parts.Holds(index, partCount))
            {
                _pages.Mark(page, pageCount, inUse: true);
                KillPoint.Hit(CrashWindow.RebuildPagesMarked);
                _parts.Mark(index, partCount, inUse: true);
                header->PagesInUse += pageCount;
            }
        }
    }

    /// <summary>Runs of free pages: how many there are, how long they are together, and the longest.</summary>
    internal (long Runs, long Pages, long Longest) FreeRuns()
    {
        (long runs, long pages, long longest) = (0, 0, 0);
        long count = memory.Layout.PageCount;
        for (long free = _pages.Next(0, count, inUse: false); free < count;)
        {
            long used = _pages.Next(free, count, inUse: true);
            (runs, pages, longest) = (runs + 1, pages + used - free, Math.Max(longest, used - free));
            free = _pages.Next(used, count, inUse: false);
        }

        return (runs, pages, longest);
    }

    /// <summary>The shape that a class's slabs usually have, which takes as long to find as some blocks to allocate.</summary>
    private SlabShape ShapeOf(int classIndex)
    {
        ref SlabShape shape = ref _shapes[classIndex];
        return shape.PageCount != 0 ? shape : shape = SlabShape.For(SizeClasses.BlockBytes(classIndex), _mostSlabPages);
    }

    private static (long Page, long PageCount, long PartCount) Extent(SlabPart* slab) =>
        (slab->Start >> ArenaLayout.PageShift, slab->PageCount, slab->PartCount);

    private ref long SearchFrom(int kind) => ref memory.Header->SearchFrom[kind];

    /// <summary>Next fit, then first fit; in-use bits are set by <see cref="Make"/>.</summary>
    private long TryTakePages(long pageCount, long alignment)
    {
        if (pageCount > memory.Layout.PageCount)
        {
            return -1;
        }

        ref long from = ref SearchFrom(BitOperations.Log2((ulong)pageCount));
        long page = _pages.Find(pageCount, alignment, from);
        return page >= 0 || from == 0 ? page : _pages.Find(pageCount, alignment, 0);
    }

    private long Make(long page, SlabShape shape, long blockBytes, ushort classIndex, ulong owner, uint word)
    {
        long index = _map.TryClaim(page, shape.PageCount) ? TryTakeParts(shape.PartCount) : 0;
        if (index == 0)
        {
            return 0;
        }

        ArenaHeader* header = memory.Header;
        header->SlabsEverMade++;
        KillPoint.Hit(CrashWindow.CreateSlabNumbered);
        int left = shape.BlockCount;
        for (int part = 0; part < shape.PartCount; part++, left -= SlabPart.MaxBlocks)
        {
            SlabPart* filled = memory.Parts + index + part;
            (filled->Class, filled->PartIndex, filled->PartCount) = (classIndex, (byte)part, (byte)shape.PartCount);
            (filled->BlockBytes, filled->PageCount) = (blockBytes, shape.PageCount);
            KillPoint.Hit(CrashWindow.CreateSlabSizesWritten);
            filled->Start = (page << ArenaLayout.PageShift) + (part * SlabPart.MaxBlocks * blockBytes);
            filled->Reciprocal = classIndex == SlabPart.LargeClass ? 0 : BlockNumber.Reciprocal(blockBytes);
            filled->AllBlocks = ulong.MaxValue >> (SlabPart.MaxBlocks - Math.Min(left, SlabPart.MaxBlocks));
            filled->FirstExtent = classIndex == SlabPart.LargeClass ? 0 : BlockHandles.FirstExtent(index + part);
            filled->LocalFree = word == 0 ? filled->AllBlocks : 0;
            filled->Owner = owner;
            KillPoint.Hit(CrashWindow.CreateSlabOwnerWritten);
            Volatile.Write(ref filled->Notice, 0);
            ulong fresh = BlockWord.Fresh(header->Identity + (header->SlabsEverMade * ArenaLayout.MaxSlabParts) + (ulong)part);
            for (int block = 0; block < Math.Min(left, SlabPart.MaxBlocks); block++)
            {
                SlabPart.Word(filled, block) = BlockWord.Nth(fresh, block);
            }
        }

        // A large block is born taken; of a slab nobody holds a block yet.
        SlabPart.Word(memory.Parts + index, 0) |= word;
        KillPoint.Hit(CrashWindow.CreateSlabBlockStatesWritten);
        _map.Write(page, shape.PageCount, (uint)index);
        KillPoint.Hit(CrashWindow.CreateSlabPageMapWritten);
        _pages.Mark(page, shape.PageCount, inUse: true);
        KillPoint.Hit(CrashWindow.CreateSlabPagesTaken);
        header->PagesInUse += shape.PageCount;
        KillPoint.Hit(CrashWindow.CreateSlabPagesCounted);
        header->MostPagesInUse = Math.Max(header->MostPagesInUse, header->PagesInUse);
        SearchFrom(BitOperations.Log2((ulong)shape.PageCount)) = page + shape.PageCount;
        SlabPart* slab = memory.Parts + index;

        // From here on it exists, whatever becomes of this process.
        Volatile.Write(ref slab->State, classIndex == SlabPart.LargeClass ? SlabState.Large : SlabState.Slab);
        KillPoint.Hit(CrashWindow.CreateSlabStateWritten);
        return index;
    }

    /// <returns>The first of so many unused parts in a row, or 0 if there are none.</returns>
    private long TryTakeParts(int count)
    {
        ref long from = ref memory.Header->SearchPartsFrom;
        long index = _parts.Find(count, 1, Math.Max(1, from));
        index = index >= 0 ? index : _parts.Find(count, 1, 1);
        if (index < 0 || !claims.TryClaim(memory.Parts + index, count * SlabPart.ByteCount))
        {
            return 0;
        }

        _parts.Mark(index, count, inUse: true);
        KillPoint.Hit(CrashWindow.CreateSlabPartsTaken);
        from = index + count;
        ref long everUsed = ref memory.Header->PartsEverUsed;
        if (everUsed < index + count)
        {
            // Before the part's state: whoever recovers looks no further than this.
            Volatile.Write(ref everUsed, index + count);
            KillPoint.Hit(CrashWindow.CreateSlabPartLimitRaised);
        }

        return index;
    }
}
