namespace Shm.Arena;

/// <summary>
/// Walks over all slabs of an arena without a lock, for diagnosis. The walk takes time in proportion to the number of parts
/// ever used.
/// </summary>
internal static unsafe class ArenaCensus
{
    internal static ArenaStatistics Take(ArenaMemory memory, SharedSupply supply)
    {
        var classes = new SortedDictionary<int, ArenaClassStatistics>();
        long offered = 0;
        var count = memory.PartsEverUsed;
        for (long index = 1; index < count; index++)
        {
            var slab = memory.Parts + index;
            var parts = PartsOf(slab);
            if (parts == 0)
            {
                continue;
            }

            int key = Math.Min(slab->Class, (ushort)SizeClasses.Count);
            var blockBytes = slab->BlockBytes;
            var sum = classes.GetValueOrDefault(key, new(key == SizeClasses.Count ? 0 : blockBytes, 0, 0, 0, 0));
            for (var part = 0; part < parts; part++)
            {
                var live = ArenaMemory.CountBits(slab[part].AllBlocks & ~slab[part].FreeBlocks());
                offered += CountOffered(slab + part);
                sum = new(sum.BlockBytes, sum.SlabCount + (part == 0 ? 1 : 0), sum.BlockCount + ArenaMemory.CountBits(slab[part].AllBlocks),
                    sum.LiveBlockCount + live, sum.UsedBytes + (live * blockBytes));
            }

            classes[key] = sum;
        }

        return Sum(memory, supply, [.. classes.Values], offered);
    }

    /// <summary>Enumerates the live blocks.</summary>
    internal static IEnumerable<ArenaBlock> LiveBlocks(ArenaMemory memory, Membership membership, ArenaLifetime lifetime)
    {
        lifetime.ThrowIfDisposed();
        var attachments = new AttachmentCache(membership);
        (long part, var block) = (1, 0);
        while (TryNext(memory, ref part, ref block, ref attachments, out var found))
        {
            yield return found;
            lifetime.ThrowIfDisposed();
        }
    }

    /// <summary>Returns the size of all free blocks in slabs, in bytes.</summary>
    internal static long FreeBytesInSlabs(ArenaMemory memory)
    {
        long bytes = 0;
        var count = memory.PartsEverUsed;
        for (long index = 1; index < count; index++)
        {
            var slab = memory.Parts + index;
            for (var part = 0; part < (slab->State == SlabState.Slab ? PartsOf(slab) : 0); part++)
            {
                bytes += ArenaMemory.CountBits(slab[part].FreeBlocks()) * slab->BlockBytes;
            }
        }

        return bytes;
    }

    /// <summary>Finds the next live block.</summary>
    /// <param name="memory">Memory of the arena.</param>
    /// <param name="index">Index of the slab that the walk has reached.</param>
    /// <param name="next">Number of the slab's blocks that the walk has passed.</param>
    /// <param name="attachments">Cache of the attached processes, for this walk.</param>
    /// <param name="found">Receives the next live block.</param>
    /// <returns>False if there is no further live block.</returns>
    private static bool TryNext(ArenaMemory memory, ref long index, ref int next, ref AttachmentCache attachments, out ArenaBlock found)
    {
        var count = memory.PartsEverUsed;
        for (; index < count; index++, next = 0)
        {
            var slab = memory.Parts + index;
            for (var end = PartsOf(slab) * SlabPart.MaxBlocks; next < end;)
            {
                var part = slab + (next / SlabPart.MaxBlocks);
                var block = next++ & (SlabPart.MaxBlocks - 1);
                var state = SlabPart.StateOf(part, block).Read();
                if ((part->AllBlocks >> block & 1) != 0 && state.IsLive)
                {
                    found = new ArenaBlock(memory.Handle(part, block, state, part->BlockBytes),
                        new ArenaMember(state.Holder & ~ProcessToken.OfferedBit), state.IsOffered, attachments.IsAttached(state.Holder));
                    return true;
                }
            }
        }

        found = default;
        return false;
    }

    private static ArenaStatistics Sum(ArenaMemory memory, SharedSupply supply, ArenaClassStatistics[] classes, long offered)
    {
        var counts = supply.Count();
        return new ArenaStatistics
        {
            CapacityBytes = memory.Layout.CapacityBytes,
            // Enumerable.Sum would throw on overflow, and a damaged arena may contain blocks of any size.
            UsedBytes = classes.Aggregate(0L, (sum, one) => unchecked(sum + one.UsedBytes)),
            LiveBlockCount = classes.Sum(one => one.LiveBlockCount),
            OfferedBlockCount = offered,
            ClaimedBytes = counts.PagesInUse << ArenaLayout.PageShift,
            MostClaimedBytes = counts.PeakPagesInUse << ArenaLayout.PageShift,
            FreeBytesInSlabs = FreeBytesInSlabs(memory),
            FreeRunCount = counts.FreeRunCount,
            LongestFreeRunBytes = counts.LongestFreeRun << ArenaLayout.PageShift,
            FailureCount = memory.Header->ReadFailureCount(),
            DepartureCount = memory.Header->ReadDepartures(),
            Classes = classes,
        };
    }

    private static int CountOffered(SlabPart* part)
    {
        var offered = 0;
        for (var index = 0; index < SlabPart.MaxBlocks; index++)
        {
            offered += SlabPart.StateOf(part, index).Read().IsOffered && (part->AllBlocks >> index & 1) != 0 ? 1 : 0;
        }

        return offered;
    }

    private static int PartsOf(SlabPart* slab) =>
        slab->State is SlabState.Slab or SlabState.Large ? ArenaMemory.PartCountOf(slab) : 0;
}
