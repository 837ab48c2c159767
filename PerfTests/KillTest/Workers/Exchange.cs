using PerfTests.KillTest.Sharing;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.KillTest.Workers;

/// <summary>
/// Passes blocks between workers. A worker marks the list entry before the block changes its holder and again afterwards,
/// so that the audit can complete or remove the entry of a worker that was killed in between.
/// </summary>
internal sealed unsafe class Exchange(ControlMemory control, int index, ShmArena arena, HeldBlocks held)
{
    /// <summary>Hands a random held block over to another worker, if the receiver is attached and has a free entry.</summary>
    internal void HandOver(int receiver, Random random)
    {
        var member = Volatile.Read(ref control.Worker(receiver)->Member);
        for (var entry = 0; entry < WorkerArea.MailboxCount && held.Count > 0 && receiver != index && member != 0; entry++)
        {
            var sent = control.Sent(receiver, entry);
            if (TryBegin(sent, BlockListing.Empty, BlockListing.Adding))
            {
                var given = held.Remove(random.Next(held.Count));
                (sent->Block, sent->Stamp) = (given.Block, given.Stamp);
                try
                {
                    arena.HandOver(given.Block, new ArenaMember(member));
                    Volatile.Write(ref sent->State, BlockListing.Present);
                }
                catch (ShmException failure) when (failure.Message.Contains("is not attached", StringComparison.Ordinal))
                {
                    // The receiver was killed meanwhile.
                    Volatile.Write(ref sent->State, BlockListing.Empty);
                    held.List(given.Block, given.Stamp);
                }

                return;
            }
        }
    }

    /// <summary>Takes the blocks that other workers sent.</summary>
    internal void Receive()
    {
        for (var entry = 0; entry < WorkerArea.MailboxCount && held.Count < WorkerArea.MaxBlocks; entry++)
        {
            var sent = control.Sent(index, entry);
            if (Volatile.Read(ref sent->State) == BlockListing.Present)
            {
                Keep(sent);
            }
        }
    }

    /// <summary>Offers a random held block to every worker, if a randomly chosen entry is free.</summary>
    internal void Offer(Random random)
    {
        var offer = control.Offer(random.Next(ControlMemory.OfferCount));
        if (held.Count > 0 && TryBegin(offer, BlockListing.Empty, BlockListing.Adding))
        {
            var given = held.Remove(random.Next(held.Count));
            (offer->Block, offer->Stamp) = (given.Block, given.Stamp);
            arena.Offer(given.Block);
            Volatile.Write(ref offer->State, BlockListing.Present);
        }
    }

    /// <summary>Claims the block that an entry offers, if there is one.</summary>
    internal void Claim(int entry)
    {
        var offer = control.Offer(entry);
        if (held.Count < WorkerArea.MaxBlocks && TryBegin(offer, BlockListing.Present, BlockListing.Removing))
        {
            arena.Claim(offer->Block);
            Keep(offer);
        }
    }

    private void Keep(ListedBlock* entry)
    {
        BlockPattern.Check(arena, entry->Block, entry->Stamp);
        held.List(entry->Block, entry->Stamp);
        Volatile.Write(ref entry->State, BlockListing.Empty);
    }

    private static bool TryBegin(ListedBlock* entry, int from, int to) =>
        Volatile.Read(ref entry->State) == from && Interlocked.CompareExchange(ref entry->State, to, from) == from;
}
