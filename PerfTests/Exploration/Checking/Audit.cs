using PerfTests.Exploration.Scenarios;
using PerfTests.Exploration.Scheduling;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.Exploration.Checking;

/// <summary>
/// Checks the arena after the members have finished. If nobody was killed, it checks first without a recovery: a recovery
/// would heal what it should find.
/// </summary>
internal sealed class Audit(ArenaImage image, Ledger ledger, Scheduler scheduler)
{
    /// <summary>Runs all checks.</summary>
    /// <param name="members">Members of the run.</param>
    /// <param name="auditor">Member that has not attached yet, and that no schedule kills.</param>
    /// <exception cref="ExplorationException">A check failed.</exception>
    internal void Run(IReadOnlyList<ScenarioMember> members, ScenarioMember auditor)
    {
        ScenarioMember[] living = [.. members.Where(member => member.IsAttached)];
        auditor.Attach();
        auditor.OpenHeap();
        CheckLiveBlocks(auditor.Arena);
        CheckFreeBlocksAreFound([.. living, auditor]);
        FreeAll(auditor);
        ReleaseEmptySlabs([.. living, auditor]);
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
                throw new ExplorationException($"lost: {found} is live, but no operation knows it. Known: {Describe()}");
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
    /// Checks that the heaps find all free blocks of their slabs: before a heap has found them, it creates no slab.
    /// </summary>
    private void CheckFreeBlocksAreFound(IReadOnlyList<ScenarioMember> members)
    {
        foreach (var blockBytes in members[^1].Arena.GetStatistics().Classes.Select(size => size.BlockBytes).Where(bytes => bytes != 0))
        {
            // The count is taken anew, since a heap that finds no room releases its empty slabs of other sizes.
            var size = members[^1].Arena.GetStatistics().Classes.FirstOrDefault(size => size.BlockBytes == blockBytes);
            var expected = size.BlockCount - size.LiveBlockCount;
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
                    $"lost until recovery: of {expected} free blocks of {blockBytes} bytes in slabs, their owners find only {found}");
            }
        }
    }

    private delegate bool Allocation(long byteCount, out ShmBlock block);

    private long CountFreeBlocks(Allocation tryAllocate, Action<ShmBlock> free, long byteCount)
    {
        var before = image.PagesInUse;
        var allocated = new List<ShmBlock>();
        while (image.PagesInUse <= before && tryAllocate(byteCount, out var block))
        {
            allocated.Add(block);
        }

        var ofNewSlab = image.PagesInUse > before ? 1 : 0;
        allocated.ForEach(free);
        return allocated.Count - ofNewSlab;
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

    private void ReleaseEmptySlabs(IEnumerable<ScenarioMember> members)
    {
        foreach (var member in members)
        {
            Operation.AllocateAll.Run(member);
            if (member.HasHeapOfThread)
            {
                OnThreadOf(member, () => member.Arena.Recover());
            }
        }
    }

    private static void CheckWholeArenaIsFree(ScenarioMember auditor)
    {
        var statistics = auditor.Arena.GetStatistics();
        if (statistics.UsedBytes != 0)
        {
            throw new ExplorationException($"lost: all blocks were freed, but some are live: {statistics}");
        }

        if (!auditor.Heap.TryAllocate(auditor.Arena.CapacityBytes, out var block))
        {
            throw new ExplorationException($"lost: all blocks are free, but the arena cannot be allocated as one block: {statistics}");
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

    private string Describe() =>
        string.Join("; ", ledger.Entries.Select(pair => $"{pair.Key} {pair.Value.Block} allocated {pair.Value.IsAllocated}"));

    private static bool IsSame(in ShmBlock one, in ShmBlock other) => one.Offset == other.Offset && one.Generation == other.Generation;
}
