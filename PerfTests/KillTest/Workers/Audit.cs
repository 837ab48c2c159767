using PerfTests.ArenaChecks;
using PerfTests.KillTest.Sharing;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.KillTest.Workers;

/// <summary>
/// Compares the live blocks of the arena with the blocks that the workers have listed, while all workers wait: no block is
/// lost, none has two holders, none overlaps another, and every byte is as it was written. The audit also completes or removes
/// a list entry if the giver or receiver of the block was killed before it updated the list.
/// </summary>
internal sealed unsafe class Audit(ControlMemory control, ShmArena arena)
{
    private readonly Dictionary<long, ArenaBlock> _live = [];
    private readonly HashSet<long> _accounted = [];

    /// <summary>Runs all checks.</summary>
    /// <param name="isStrict">True to fail if an exited process holds a block that it has not offered.</param>
    /// <exception cref="KillTestException">A check failed.</exception>
    internal void Run(bool isStrict)
    {
        foreach (var found in arena.LiveBlocks())
        {
            _live.Add(found.Block.Offset, found);
        }

        for (var worker = 1; worker < ControlMemory.WorkerCount; worker++)
        {
            for (var index = 0; control.IsPresent(worker) && index < WorkerArea.MaxBlocks; index++)
            {
                var held = control.Held(worker, index);
                if (held->State == BlockListing.Present)
                {
                    Account(*held, worker, isOffered: false, $"held by worker {worker}");
                }
            }
        }

        for (var worker = 1; worker < ControlMemory.WorkerCount; worker++)
        {
            for (var index = 0; control.IsPresent(worker) && index < WorkerArea.MailboxCount; index++)
            {
                Settle(control.Sent(worker, index), worker, isOffer: false);
            }
        }

        for (var index = 0; index < ControlMemory.OfferCount; index++)
        {
            Settle(control.Offer(index), worker: 0, isOffer: true);
        }

        CheckUnlisted(isStrict);
        CheckOverlaps();
        if (isStrict)
        {
            CheckInvariants();
        }
    }

    /// <summary>
    /// Completes an entry whose block is sent or offered. Removes an entry whose block was taken by its receiver or is free.
    /// </summary>
    private void Settle(ListedBlock* entry, int worker, bool isOffer)
    {
        if (entry->State == BlockListing.Empty)
        {
            return;
        }

        var isPresent = _live.TryGetValue(entry->Block.Offset, out var found) && found.Block.Generation == entry->Block.Generation
            && !_accounted.Contains(entry->Block.Offset) && found.IsOffered == isOffer && (isOffer || IsHeldBy(found, worker));
        if (isPresent || entry->State == BlockListing.Present)
        {
            Account(*entry, worker, isOffer, isOffer ? "offered" : $"sent to worker {worker}");
        }

        Volatile.Write(ref entry->State, isPresent ? BlockListing.Present : BlockListing.Empty);
    }

    private void Account(in ListedBlock listed, int worker, bool isOffered, string listing)
    {
        if (!_live.TryGetValue(listed.Block.Offset, out var found) || found.Block.Generation != listed.Block.Generation)
        {
            var instead = found == default ? "no block is live at its offset" : $"the live block at its offset is {found}";
            throw new KillTestException($"the block {listed.Block} ({listing}) is not live: {instead}");
        }

        if (!_accounted.Add(listed.Block.Offset))
        {
            throw new KillTestException($"the block {listed.Block} ({listing}) is also listed by another worker");
        }

        if (found.IsOffered != isOffered || (!isOffered && !IsHeldBy(found, worker)))
        {
            throw new KillTestException($"the block {listed.Block} ({listing}) has another holder in the arena: {found}");
        }

        BlockPattern.Check(arena, found.Block with { ByteCount = listed.Block.ByteCount }, listed.Stamp, isOffered);
    }

    private bool IsHeldBy(in ArenaBlock found, int worker) => found.Holder.Token == control.Worker(worker)->Member;

    /// <summary>
    /// Checks the live blocks that no worker has listed. Only an exited process may hold such a block, and only until recovery.
    /// </summary>
    private void CheckUnlisted(bool isStrict)
    {
        foreach (var found in _live.Values.Where(found => !_accounted.Contains(found.Block.Offset)))
        {
            if (found.IsHolderAlive || found.IsOffered || isStrict)
            {
                throw new KillTestException($"the block {found} is lost: it is live, but no worker has listed it");
            }
        }
    }

    /// <summary>Compares the derived values with the states. This holds after a recovery while all workers wait.</summary>
    private void CheckInvariants()
    {
        var violations = ArenaInvariants.Violations(MappedMemory.Of(arena));
        if (violations.Count > 0)
        {
            throw new KillTestException(string.Join("; ", violations));
        }
    }

    private void CheckOverlaps()
    {
        ShmBlock previous = default;
        foreach (var block in _live.Values.Select(found => found.Block).OrderBy(block => block.Offset))
        {
            if (block.Offset < previous.Offset + previous.ByteCount)
            {
                throw new KillTestException($"{block} and {previous} overlap");
            }

            previous = block;
        }
    }
}
