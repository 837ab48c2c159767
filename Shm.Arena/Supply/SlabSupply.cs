using System.Numerics;

namespace Shm.Arena;

/// <summary>
/// Creates slabs and large blocks from free pages, and releases them. A slab exists if and only if <see cref="SlabPart.State"/>
/// says so; bitmaps and counts are derived from the states. If a process exits while it holds the supply lock, bitmaps and
/// counts are derived again. The caller holds the supply lock.
/// </summary>
internal sealed unsafe class SlabSupply(ArenaMemory memory)
{
    private readonly BitRuns _pages = new(memory.UsedPages, memory.Layout.PageCount);
    private readonly BitRuns _parts = new(memory.UsedParts, memory.Layout.PartCount);
    private readonly SlabMap _map = new(memory);
    private readonly long _maxSlabPages = SlabShape.MaxPagesIn(memory.Layout);
    private readonly SlabShape[] _shapes = new SlabShape[SizeClasses.Count];

    /// <summary>Creates a slab whose blocks are all free.</summary>
    /// <returns>Index of the slab's first part; 0 if there is no room.</returns>
    internal long TryCreateSlab(int classIndex, ulong owner)
    {
        var blockBytes = SizeClasses.BlockBytes(classIndex);

        // If the slab begins at a multiple of the largest power of two that divides the block size, all its blocks have that
        // alignment.
        var alignment = Math.Max(1, (blockBytes & -blockBytes) >> ArenaLayout.PageShift);
        for (var maxPages = _maxSlabPages; ; maxPages /= 2)
        {
            var shape = maxPages == _maxSlabPages ? DefaultShapeOf(classIndex) : SlabShape.For(blockBytes, maxPages);
            if (FindPages(shape.PageCount, SlabMap.AlignmentFor(shape.PageCount, alignment)) is var page && page >= 0)
            {
                return Create(page, shape, blockBytes, (byte)classIndex, owner, holder: 0);
            }

            if (shape.BlockCount == 1 || shape.PageCount == 1)
            {
                return 0;
            }
        }
    }

    /// <summary>Creates a large block that a process holds.</summary>
    /// <returns>Index of the block's part; 0 if there is no room.</returns>
    internal long TryCreateLarge(long byteCount, long alignment, uint holder)
    {
        var pageCount = (byteCount + ArenaLayout.PageBytes - 1) >> ArenaLayout.PageShift;
        var pageAlignment = Math.Max(1, alignment >> ArenaLayout.PageShift);
        var page = FindPages(pageCount, SlabMap.AlignmentFor(pageCount, pageAlignment));
        page = page >= 0 ? page : FindPages(pageCount, pageAlignment);
        return page < 0 ? 0 : Create(page, new SlabShape(pageCount, 1), pageCount << ArenaLayout.PageShift, SlabPart.LargeClass, 0, holder);
    }

    /// <summary>Releases a slab without live blocks, or a large block that is free. Its pages and parts are then free.</summary>
    internal void Release(long index)
    {
        var slab = memory.Parts + index;
        (var page, var pageCount, var partCount) = SpanOf(slab);
        slab->Owner = 0;
        KillPoint.Hit(CrashWindow.ReleaseOwnerCleared);
        slab->Withdraw();
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
            for (var kind = BitOperations.Log2((ulong)pageCount); kind >= 0; kind--)
            {
                ref var from = ref SearchFrom(kind);
                from = Math.Min(from, page);
            }
        }
    }

    /// <summary>Derives bitmaps and counts from the states of the slabs.</summary>
    internal void Rebuild()
    {
        var header = memory.Header;
        _pages.Clear();
        _parts.Clear();
        KillPoint.Hit(CrashWindow.RebuildBitmapsCleared);
        header->SearchPartsFrom = 1;
        header->PagesInUse = 0;
        for (var kind = 0; kind < ArenaHeader.LengthKinds; kind++)
        {
            SearchFrom(kind) = 0;
        }

        var count = memory.PartsEverUsed;
        for (long index = 1; index < count; index++)
        {
            var slab = memory.Parts + index;
            (var page, var pageCount, var partCount) = SpanOf(slab);
            if (slab->State != SlabState.None && _pages.Holds(page, pageCount) && _parts.Holds(index, partCount))
            {
                _pages.Mark(page, pageCount, inUse: true);
                KillPoint.Hit(CrashWindow.RebuildPagesMarked);
                _parts.Mark(index, partCount, inUse: true);
                header->PagesInUse += pageCount;
            }
        }
    }

    internal SupplyCounts Count()
    {
        (long runs, long pages, long longest) = (0, 0, 0);
        var count = memory.Layout.PageCount;
        for (var free = _pages.Next(0, count, inUse: false); free < count;)
        {
            var used = _pages.Next(free, count, inUse: true);
            (runs, pages, longest) = (runs + 1, pages + used - free, Math.Max(longest, used - free));
            free = _pages.Next(used, count, inUse: false);
        }

        return new(runs, pages, longest, memory.Header->PagesInUse, memory.Header->PeakPagesInUse);
    }

    /// <summary>
    /// Returns the shape that a class's slabs usually have. The shape is stored, since computing it takes as long as several
    /// allocations.
    /// </summary>
    private SlabShape DefaultShapeOf(int classIndex)
    {
        ref var shape = ref _shapes[classIndex];
        return shape.PageCount != 0 ? shape : shape = SlabShape.For(SizeClasses.BlockBytes(classIndex), _maxSlabPages);
    }

    private static (long Page, long PageCount, long PartCount) SpanOf(SlabPart* slab) =>
        (slab->Start >> ArenaLayout.PageShift, slab->PageCount, slab->PartCount);

    private ref long SearchFrom(int kind) => ref memory.Header->SearchFrom[kind];

    /// <summary>Finds free pages by next fit, then by first fit, without marking them as used.</summary>
    private long FindPages(long pageCount, long alignment)
    {
        if (pageCount > memory.Layout.PageCount)
        {
            return -1;
        }

        ref var from = ref SearchFrom(BitOperations.Log2((ulong)pageCount));
        var page = _pages.Find(pageCount, alignment, from);
        return page >= 0 || from == 0 ? page : _pages.Find(pageCount, alignment, 0);
    }

    private long Create(long page, SlabShape shape, long blockBytes, byte classIndex, ulong owner, uint holder)
    {
        var index = _map.TryBack(page, shape.PageCount) ? TakeParts(shape.PartCount) : 0;
        if (index == 0)
        {
            return 0;
        }

        var header = memory.Header;
        var slab = memory.Parts + index;
        header->SlabsEverMade++;
        KillPoint.Hit(CrashWindow.CreateSlabNumbered);
        var left = shape.BlockCount;
        for (var part = 0; part < shape.PartCount; part++, left -= SlabPart.MaxBlocks)
        {
            var filled = slab + part;
            (filled->Class, filled->PartIndex, filled->PartCount) = (classIndex, (byte)part, (byte)shape.PartCount);
            (filled->BlockBytes, filled->PageCount) = (blockBytes, shape.PageCount);
            KillPoint.Hit(CrashWindow.CreateSlabSizesWritten);
            filled->Start = (page << ArenaLayout.PageShift) + (part * SlabPart.MaxBlocks * blockBytes);
            filled->Reciprocal = shape.Reciprocal;
            var blockCount = Math.Min(left, SlabPart.MaxBlocks);
            filled->AllBlocks = ulong.MaxValue >> (SlabPart.MaxBlocks - blockCount);
            filled->FirstExtent = classIndex == SlabPart.LargeClass ? 0 : BlockHandles.FirstExtent(index + part);
            filled->FreeBits = holder == 0 ? filled->AllBlocks : 0;
            filled->UpdateThreshold = filled->EmptyingFree;
            filled->Owner = owner;
            memory.FreeParts.Set(index + part);
            KillPoint.Hit(CrashWindow.CreateSlabOwnerWritten);
            filled->InitializeRemoteFreeFlag();
            var first = BlockState.Fresh(header->Identity + (header->SlabsEverMade * ArenaLayout.MaxSlabParts) + (ulong)part);
            SlabPart.StateOf(filled, 0).Initialize(first, blockCount);
        }

        // A large block begins live; the blocks of a slab begin free.
        var firstBlock = SlabPart.StateOf(slab, 0);
        firstBlock.Initialize(firstBlock.Read().With(holder), 1);
        KillPoint.Hit(CrashWindow.CreateSlabBlockStatesWritten);
        _map.Write(page, shape.PageCount, (uint)index);
        KillPoint.Hit(CrashWindow.CreateSlabPageMapWritten);
        _pages.Mark(page, shape.PageCount, inUse: true);
        KillPoint.Hit(CrashWindow.CreateSlabPagesTaken);
        header->PagesInUse += shape.PageCount;
        KillPoint.Hit(CrashWindow.CreateSlabPagesCounted);
        header->PeakPagesInUse = Math.Max(header->PeakPagesInUse, header->PagesInUse);
        SearchFrom(BitOperations.Log2((ulong)shape.PageCount)) = page + shape.PageCount;

        // From here on the slab exists, even if this process exits.
        slab->Publish(classIndex == SlabPart.LargeClass ? SlabState.Large : SlabState.Slab);
        KillPoint.Hit(CrashWindow.CreateSlabStateWritten);
        return index;
    }

    /// <summary>Marks consecutive unused parts as used.</summary>
    /// <returns>Index of the first of these parts; 0 if there are not enough.</returns>
    private long TakeParts(int count)
    {
        ref var from = ref memory.Header->SearchPartsFrom;
        var index = _parts.Find(count, 1, Math.Max(1, from));
        if (!TryBackParts(index, count))
        {
            index = _parts.Find(count, 1, 1);
            if (!TryBackParts(index, count))
            {
                return 0;
            }
        }

        _parts.Mark(index, count, inUse: true);
        KillPoint.Hit(CrashWindow.CreateSlabPartsTaken);
        from = index + count;
        if (memory.Header->PartsEverUsed < index + count)
        {
            memory.Header->RaisePartsEverUsed(index + count);
            KillPoint.Hit(CrashWindow.CreateSlabPartLimitRaised);
        }

        return index;
    }

    /// <summary>Backs parts. Parts are used in ascending order, so parts that begin higher are found only in a damaged arena.</summary>
    private bool TryBackParts(long index, int count) =>
        index >= 1 && index <= Math.Max(1, memory.PartsEverUsed) && memory.BackedParts.TryBack(index + count);
}
