using PerfTests.Tests.Arena.Kill.Sharing;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.Tests.Arena.Kill.Workers;

/// <summary>
/// Blocks that pass from one worker to another. A place in a list is taken before the block changes hands and says so
/// afterwards, so that the auditor can tell what became of a block whose giver or taker died in between.
/// </summary>
internal sealed unsafe class Exchange(ControlMemory control, int index, ShmArena arena, HeldBlocks held)
{
    /// <summary>Makes a block the receiver's.</summary>
    internal void HandOver(int receiver, Random random)
    {
        uint member = Volatile.Read(ref control.Worker(receiver)->Member);
        for (int place = 0; place < WorkerArea.MailboxCount && held.Count > 0 && receiver != index && member != 0; place++)
        {
            ListedBlock* letter = control.Letter(receiver, place);
            if (TryBegin(letter, BlockListing.None, BlockListing.Coming))
            {
                ListedBlock given = held.Remove(random.Next(held.Count));
                (letter->Block, letter->Stamp) = (given.Block, given.Stamp);
                try
                {
                    arena.HandOver(given.Block, new ArenaMember(member));
                    Volatile.Write(ref letter->State, BlockListing.There);
                }
                catch (ShmException failure) when (failure.Message.Contains("is not attached", StringComparison.Ordinal))
                {
                    // Killed meanwhile.
                    Volatile.Write(ref letter->State, BlockListing.None);
                    held.List(given.Block, given.Stamp);
                }

                return;
            }
        }
    }

    /// <summary>Takes what was sent.</summary>
    internal void Receive()
    {
        for (int place = 0; place < WorkerArea.MailboxCount && held.Count < WorkerArea.MostBlocks; place++)
        {
            ListedBlock* letter = control.Letter(index, place);
            if (Volatile.Read(ref letter->State) == BlockListing.There)
            {
                Keep(letter);
            }
        }
    }

    /// <summary>Puts a block on offer.</summary>
    internal void Offer(Random random)
    {
        ListedBlock* offer = control.Offer(random.Next(ControlMemory.OfferCount));
        if (held.Count > 0 && TryBegin(offer, BlockListing.None, BlockListing.Coming))
        {
            ListedBlock given = held.Remove(random.Next(held.Count));
            (offer->Block, offer->Stamp) = (given.Block, given.Stamp);
            arena.Offer(given.Block);
            Volatile.Write(ref offer->State, BlockListing.There);
        }
    }

    /// <summary>Takes a block that is on offer.</summary>
    internal void Claim(int place)
    {
        ListedBlock* offer = control.Offer(place);
        if (held.Count < WorkerArea.MostBlocks && TryBegin(offer, BlockListing.There, BlockListing.Going))
        {
            arena.Claim(offer->Block);
            Keep(offer);
        }
    }

    private void Keep(ListedBlock* entry)
    {
        BlockPattern.Check(arena, entry->Block, entry->Stamp);
        held.List(entry->Block, entry->Stamp);
        Volatile.Write(ref entry->State, BlockListing.None);
    }

    private static bool TryBegin(ListedBlock* entry, int from, int to) =>
        Volatile.Read(ref entry->State) == from && Interlocked.CompareExchange(ref entry->State, to, from) == from;
}
