using PerfTests.Exploration.Scenarios;
using PerfTests.Exploration.Scheduling;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.Exploration.Checking;

/// <summary>
/// Checks the arena after the members have finished. If nobody was killed, no recovery runs before the checks: a recovery would
/// heal what they should find.
/// </summary>
internal sealed class Audit(ArenaImage image, Ledger ledger, Scheduler scheduler)
{
    private delegate bool Allocation(long byteCount, out ShmBlock block);

    /// <summary>Runs all checks.</summary>
    /// <param name="members">Members of the run.</param>
    /// <param name="auditor">Member that has not attached yet, and that no schedule kills.</param>
    /// <exception cref="ExplorationException">A check failed.</exception>
    internal void Run(IReadOnlyList<ScenarioMember> members, ScenarioMember auditor)
    {
        auditor.Attach();
        auditor.OpenHeap();
        CheckLiveBlocks(auditor.Arena);
        CheckOwnersFindFreeBlocks([.. members.Where(member => member.IsAttached), auditor]);
        CheckAuditorFindsFreeBlocks(auditor);
        FreeAll(auditor);
        CheckWholeArenaIsFree(auditor);
    }

    /// <summary>Compares the live blocks of the arena with the ledger.</summary>
    private void CheckLiveBlocks(ShmArena arena)
    {
        var live = arena.LiveBlocks().ToList();
        foreach (var found in live)
        {
            if (!ledger.Entries.Any(pair => ledger.MayBeLive(pair.Value) && IsSame(pair.Value.Block, found.Block)))
            {
                throw new ExplorationException($"lost: {found} is live, but no operation knows it. {ledger}");
            }
        }

        foreach (var (name, entry) in ledger.Entries.Where(pair => ledger.MustBeLive(pair.Value)))
        {
            var found = live.FirstOrDefault(found => IsSame(entry.Block, found.Block));
            if (found == default)
            {
                throw new ExplorationException($"freed too early: {name} is not live: {entry.Block}");
            }

            if (found.IsOffered && !entry.MayBeOffered)
            {
                throw new ExplorationException($"{name} is offered, but no operation has offered it: {found}");
            }

            Ledger.CheckPattern(name, arena, entry.Block);
        }
    }

    /// <summary>
    /// Checks that heaps find the free blocks of their own slabs before they create a slab. A heap that is closed, or whose slab
    /// is seized, need not find them.
    /// </summary>
    private void CheckOwnersFindFreeBlocks(IReadOnlyList<ScenarioMember> members)
    {
        foreach (var blockBytes in BlockSizes(members[^1].Arena))
        {
            // The number is counted anew for each size, since a heap that finds no room releases its empty slabs of other sizes.
            var expected = image.CountFreeBlocks(blockBytes, owner => members.Any(member => member.Uses(owner)));
            long found = 0;
            foreach (var member in members)
            {
                found += CountFreeBlocks(member.Heap.TryAllocate, block => member.Heap.Free(block), blockBytes);
                if (member.HasHeapOfThread)
                {
                    OnThreadOf(member, () =>
                        found += CountFreeBlocks(member.Arena.TryAllocate, block => member.Arena.Free(block), blockBytes));
                }
            }

            if (found < expected)
            {
                throw new ExplorationException(
                    $"lost until recovery: of {expected} free blocks of {blockBytes} bytes, the owners of their slabs find only {found}");
            }
        }
    }

    private long CountFreeBlocks(Allocation tryAllocate, Action<ShmBlock> free, long byteCount)
    {
        var before = image.PagesInUse;
        var allocated = new List<ShmBlock>();
        while (image.PagesInUse <= before && tryAllocate(byteCount, out var block))
        {
            ledger.CheckIsNew("a block of the audit", block);
            allocated.Add(block);
        }

        var ofNewSlab = image.PagesInUse > before ? 1 : 0;
        allocated.ForEach(free);
        return allocated.Count - ofNewSlab;
    }

    /// <summary>Checks that a member without slabs gets every free block, whatever the owners of the slabs do.</summary>
    private void CheckAuditorFindsFreeBlocks(ScenarioMember auditor)
    {
        foreach (var blockBytes in BlockSizes(auditor.Arena))
        {
            var allocated = new List<ShmBlock>();
            while (auditor.Heap.TryAllocate(blockBytes, out var block))
            {
                ledger.CheckIsNew("a block of the audit", block);
                allocated.Add(block);
            }

            var left = auditor.Arena.GetStatistics();
            var size = left.Classes.First(size => size.BlockBytes == blockBytes);

            // A slab is aligned to at most the size of its blocks, so a run of twice this size has room for one.
            if (size.LiveBlockCount != size.BlockCount || (left.LongestFreeRunBytes >= 2 * blockBytes && !image.HasSlabLimit))
            {
                throw new ExplorationException($"there is no room for {blockBytes} bytes, but {size} has free blocks, or there are"
                    + $" {left.LongestFreeRunBytes} free bytes in one piece");
            }

            allocated.ForEach(block => auditor.Heap.Free(block));
        }
    }

    private void FreeAll(ScenarioMember auditor)
    {
        auditor.Arena.ReclaimOffered();
        foreach (var found in auditor.Arena.LiveBlocks().ToList())
        {
            if (found.IsOffered)
            {
                auditor.Arena.Claim(found.Block);
            }

            auditor.Heap.Free(found.Block);
        }

        ledger.ForgetBlocks();
    }

    private static void CheckWholeArenaIsFree(ScenarioMember auditor)
    {
        if (!auditor.Heap.TryAllocate(auditor.Arena.CapacityBytes, out var block))
        {
            throw new ExplorationException(
                $"lost: all blocks are free, but the arena cannot be allocated as one block: {auditor.Arena.GetStatistics()}");
        }

        auditor.Heap.Free(block);
    }

    private void OnThreadOf(ScenarioMember member, Action work)
    {
        if (member.Index < scheduler.MemberCount)
        {
            scheduler[member.Index].Prepare(work);
            scheduler.RunAlone(member.Index);
        }
        else
        {
            work();
        }
    }

    private static long[] BlockSizes(ShmArena arena) =>
        [.. arena.GetStatistics().Classes.Select(size => size.BlockBytes).Where(byteCount => byteCount != 0)];

    private static bool IsSame(in ShmBlock one, in ShmBlock other) => one.Offset == other.Offset && one.Generation == other.Generation;
}
