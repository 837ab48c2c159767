using PerfTests.Tests.Arena.Kill.Sharing;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.Tests.Arena.Kill.Workers;

/// <summary>
/// Compares, while all workers wait, what is live in the arena with what the workers say they hold: nothing is lost,
/// nothing is held twice, nothing overlaps, every byte is as it was written. It also settles what the killed left half
/// passed on.
/// </summary>
internal sealed unsafe class Audit(ControlMemory control, ShmArena arena)
{
    private readonly Dictionary<long, ArenaBlock> _live = [];
    private readonly HashSet<long> _accounted = [];

    /// <param name="isStrict">Whether nobody who is gone may hold anything, save what it offered.</param>
    /// <exception cref="KillTestException">It is not so.</exception>
    internal void Run(bool isStrict)
    {
        foreach (ArenaBlock found in arena.LiveBlocks())
        {
            _live.Add(found.Block.Offset, found);
        }

        for (int worker = 1; worker < ControlMemory.WorkerCount; worker++)
        {
            for (int place = 0; control.IsPresent(worker) && place < WorkerArea.MostBlocks; place++)
            {
                ListedBlock* held = control.Held(worker, place);
                if (held->State == BlockListing.There)
                {
                    Account(*held, worker, isOffered: false, "held");
                }
            }
        }

        for (int worker = 1; worker < ControlMemory.WorkerCount; worker++)
        {
            for (int place = 0; control.IsPresent(worker) && place < WorkerArea.MailboxCount; place++)
            {
                Settle(control.Letter(worker, place), worker);
            }
        }

        for (int place = 0; place < ControlMemory.OfferCount; place++)
        {
            Settle(control.Offer(place), worker: 0);
        }

        CheckTheRest(isStrict);
        CheckOverlaps();
    }

    /// <summary>A letter or an offer: it is there, or became the receiver's, or nobody's.</summary>
    private void Settle(ListedBlock* entry, int worker)
    {
        if (entry->State == BlockListing.None)
        {
            return;
        }

        bool isOffer = worker == 0;
        bool isThere = _live.TryGetValue(entry->Block.Offset, out ArenaBlock found) && found.Block.Generation == entry->Block.Generation
            && !_accounted.Contains(entry->Block.Offset) && found.IsOffered == isOffer && (isOffer || IsHeldBy(found, worker));
        if (isThere || entry->State == BlockListing.There)
        {
            Account(*entry, worker, isOffer, isOffer ? "offered" : "sent");
        }

        Volatile.Write(ref entry->State, isThere ? BlockListing.There : BlockListing.None);
    }

    private void Account(in ListedBlock listed, int worker, bool isOffered, string how)
    {
        string what = $"{listed.Block}, {how} by or to worker {worker}";
        if (!_live.TryGetValue(listed.Block.Offset, out ArenaBlock found) || found.Block.Generation != listed.Block.Generation)
        {
            throw new KillTestException($"{what}, is not live: there is {(found == default ? "nothing" : found)}");
        }

        if (!_accounted.Add(listed.Block.Offset))
        {
            throw new KillTestException($"{what}, has somebody else as well");
        }

        if (found.IsOffered != isOffered || (!isOffered && !IsHeldBy(found, worker)))
        {
            throw new KillTestException($"{what}, is another's: {found}");
        }

        BlockPattern.Check(arena, found.Block with { ByteCount = listed.Block.ByteCount }, listed.Stamp, isOffered);
    }

    private bool IsHeldBy(in ArenaBlock found, int worker) => found.Holder.Token == control.Worker(worker)->Member;

    private void CheckTheRest(bool isStrict)
    {
        foreach (ArenaBlock found in _live.Values.Where(found => !_accounted.Contains(found.Block.Offset)))
        {
            if (found.IsHolderAlive || found.IsOffered || isStrict)
            {
                throw new KillTestException($"nobody knows of {found}: it is lost");
            }
        }
    }

    private void CheckOverlaps()
    {
        ShmBlock end = default;
        foreach (ShmBlock block in _live.Values.Select(found => found.Block).OrderBy(block => block.Offset))
        {
            if (block.Offset < end.Offset + end.ByteCount)
            {
                throw new KillTestException($"{block} and {end} overlap");
            }

            end = block;
        }
    }
}
