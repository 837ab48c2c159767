using PerfTests.Exploration.Checking;
using Shm.Core;

namespace PerfTests.Exploration.Scenarios;

/// <summary>Operation that changes a block: frees it, hands it over, offers it or claims it.</summary>
/// <param name="Begin">Records in the ledger what may have changed as soon as the operation begins.</param>
/// <param name="Perform">Performs the operation.</param>
/// <param name="End">Records in the ledger what the operation has changed.</param>
internal sealed record BlockChange(
    Action<LedgerEntry> Begin, Action<ShmBlock> Perform, Action<LedgerEntry, BlockChangeOutcome> End)
{
    /// <summary>
    /// Changes a block. Tolerates that the arena refuses the operation only if another member or a recovery may have changed
    /// the block meanwhile.
    /// </summary>
    /// <exception cref="ExplorationException">The block was overwritten.</exception>
    /// <exception cref="ShmException">The arena refused the operation without a reason.</exception>
    internal void Run(ScenarioMember member, string name, LedgerEntry entry)
    {
        var isCertain = member.Ledger.MustBeLive(entry) && entry.Pending == 0;
        if (isCertain)
        {
            Ledger.CheckPattern(name, member.Arena, entry.Block);
        }

        Begin(entry);
        entry.Pending++;
        var changes = ++entry.Changes;
        var holders = entry.Holders;
        var isDone = true;
        try
        {
            Perform(entry.Block);
        }
        catch (ShmException) when (!isCertain || entry.Changes != changes || member.Ledger.HasExitedAny(holders))
        {
            isDone = false;
        }

        entry.Pending--;
        End(entry, !isDone ? BlockChangeOutcome.Refused
            : entry.Changes == changes ? BlockChangeOutcome.Done
            : BlockChangeOutcome.DoneBesideOthers);
        entry.Changes++;
    }
}

/// <summary>Outcome of a <see cref="BlockChange"/>.</summary>
internal enum BlockChangeOutcome
{
    /// <summary>The arena refused the operation.</summary>
    Refused,

    /// <summary>The operation is complete, and no other member has begun or ended an operation on the block meanwhile.</summary>
    Done,

    /// <summary>The operation is complete, and another member may have changed the block afterwards.</summary>
    DoneBesideOthers,
}
