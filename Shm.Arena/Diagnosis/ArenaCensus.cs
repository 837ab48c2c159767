namespace Shm.Arena;

/// <summary>Walks everything that exists in an arena, without a lock. For diagnosis: it takes time in proportion to what was ever used.</summary>
internal static unsafe class ArenaCensus
{
    internal static ArenaStatistics Take(ArenaCore core)
    {
        ArenaMemory memory = core.Memory;
        var classes = new SortedDictionary<int, ArenaClassStatistics>();
        long offered = 0;
        for (long index = 1; index < memory.PartsEverUsed; index++)
        {
            SlabPart* slab = memory.Parts + index;
            int parts = PartsOf(slab);
            if (parts == 0)
            {
                continue;
            }

            int key = Math.Min(slab->Class, (ushort)SizeClasses.Count);
            long blockBytes = slab->BlockBytes;
            ArenaClassStatistics sum = classes.GetValueOrDefault(key, new(key == SizeClasses.Count ? 0 : blockBytes, 0, 0, 0, 0));
            for (int part = 0; part < parts; part++)
            {
                int live = ArenaMemory.BitsIn(slab[part].AllBlocks & ~SlabPart.FreeBlocks(slab + part));
                offered += OfferedIn(slab + part);
                sum = new(sum.BlockBytes, sum.SlabCount + (part == 0 ? 1 : 0), sum.BlockCount + ArenaMemory.BitsIn(slab[part].AllBlocks),
                    sum.LiveBlockCount + live, sum.UsedBytes + (live * blockBytes));
            }

            classes[key] = sum;
        }

        return Sum(core, [.. classes.Values], offered);
    }

    /// <summary>The next live block from a place on; false at the end.</summary>
    internal static bool TryNext(ArenaCore core, ref long index, ref int place, ref HolderLives holders, out ArenaBlock found)
    {
        ArenaMemory memory = core.Memory;
        for (; index < memory.PartsEverUsed; index++, place = 0)
        {
            SlabPart* slab = memory.Parts + index;
            for (int end = PartsOf(slab) * SlabPart.MaxBlocks; place < end;)
            {
                SlabPart* part = slab + (place / SlabPart.MaxBlocks);
                int block = place++ & (SlabPart.MaxBlocks - 1);
                ulong word = Volatile.Read(ref SlabPart.Word(part, block));
                if ((part->AllBlocks >> block & 1) != 0 && BlockWord.IsLive(word))
                {
                    uint holder = BlockWord.HolderOf(word);
                    found = new ArenaBlock(memory.Handle(part, block, word, part->BlockBytes),
                        new ArenaMember(holder & ~ProcessToken.InTransit), (holder & ProcessToken.InTransit) != 0, holders.IsAlive(holder));
                    return true;
                }
            }
        }

        found = default;
        return false;
    }

    /// <summary>Bytes in free blocks of slabs.</summary>
    internal static long FreeBytesInSlabs(ArenaMemory memory)
    {
        long bytes = 0;
        for (long index = 1; index < memory.PartsEverUsed; index++)
        {
            SlabPart* slab = memory.Parts + index;
            for (int part = 0; part < (slab->State == SlabState.Slab ? PartsOf(slab) : 0); part++)
            {
                bytes += ArenaMemory.BitsIn(SlabPart.FreeBlocks(slab + part)) * slab->BlockBytes;
            }
        }

        return bytes;
    }

    private static ArenaStatistics Sum(ArenaCore core, ArenaClassStatistics[] classes, long offered)
    {
        ArenaHeader* header = core.Memory.Header;
        core.EnterSupply();
        (long runs, _, long longest) = core.Supply.FreeRuns();
        (long pages, long mostPages) = (header->PagesInUse, header->MostPagesInUse);
        core.ExitSupply();
        return new ArenaStatistics
        {
            CapacityBytes = core.Memory.Layout.CapacityBytes,
            // Not Sum, which throws where it overflows: in a damaged arena blocks may be of any size.
            UsedBytes = classes.Aggregate(0L, (sum, one) => unchecked(sum + one.UsedBytes)),
            LiveBlockCount = classes.Sum(one => one.LiveBlockCount),
            OfferedBlockCount = offered,
            ClaimedBytes = pages << ArenaLayout.PageShift,
            MostClaimedBytes = mostPages << ArenaLayout.PageShift,
            FreeBytesInSlabs = FreeBytesInSlabs(core.Memory),
            FreeRunCount = runs,
            LongestFreeRunBytes = longest << ArenaLayout.PageShift,
            FailureCount = Volatile.Read(ref header->FailureCount),
            DepartureCount = Volatile.Read(ref header->Departures),
            Classes = classes,
        };
    }

    private static int OfferedIn(SlabPart* part)
    {
        int offered = 0;
        for (int index = 0; index < SlabPart.MaxBlocks; index++)
        {
            bool isOffered = (BlockWord.HolderOf(Volatile.Read(ref SlabPart.Word(part, index))) & ProcessToken.InTransit) != 0;
            offered += isOffered && (part->AllBlocks >> index & 1) != 0 ? 1 : 0;
        }

        return offered;
    }

    private static int PartsOf(SlabPart* slab) =>
        slab->State is SlabState.Slab or SlabState.Large ? Math.Min(slab->PartCount, (byte)ArenaLayout.MaxSlabParts) : 0;
}
