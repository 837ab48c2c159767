using PerfTests.KillTest.Driving;
using Shm.Arena;
using static PerfTests.KillTest.Orderings.BrokenOrdering;

namespace PerfTests.KillTest.Orderings;

/// <summary>A set of broken orderings, and the rounds of the kill test that expose them.</summary>
/// <param name="Name">Name of the test case.</param>
/// <param name="Broken">Names of the broken orderings.</param>
/// <param name="Round">Returns the n-th round, for n from 1.</param>
internal sealed record OrderingTrial(string Name, string[] Broken, Func<int, KillRound> Round)
{
    /// <summary>Broken orderings with which blocks are lost or allocated twice after a process is killed or stopped.</summary>
    internal static OrderingTrial[] Fatal { get; } =
    [
        // Each of the three orderings alone does no harm: the block states make up for it, or the sweep of recovery, which
        // finds free blocks without a free bit.
        KilledAt(CrashWindow.AllocateBitCleared, HolderWrittenAfterFreeBit, AdoptionKeepsFreeBits, SweepNotifiesNoOwner),
        KilledAt(CrashWindow.FreeHolderCleared, AdoptionKeepsFreeBits, SweepNotifiesNoOwner),
        KilledAt(CrashWindow.RemoteFreeHolderCleared, SweepNotifiesNoOwner),
        KilledAt(CrashWindow.CreateSlabNumbered, SlabStateBeforeParts),
        KilledAt(CrashWindow.CreateSlabPagesTaken, TakeoverWithoutRebuild),
        KilledAt(CrashWindow.ReleaseStateCleared, TakeoverWithoutRebuild),

        // The owner looks too early, finds the block in use, and is not notified again when the block becomes free.
        StoppedAt(CrashWindow.RemoteFreeFlagSet, isCalm: true, OwnerNotifiedBeforeBlockIsFree),
    ];

    /// <summary>Broken orderings that the exploration finds in each run, and the kill test only in thousands of rounds or never.</summary>
    internal static OrderingTrial[] LeftToExploration { get; } =
    [
        // A slab is released after recovery has read its state. The released slab has no owner, so recovery adopts the slab
        // although it no longer exists.
        StoppedAt(CrashWindow.RecoverSlabStateRead, isCalm: false, AdoptionWithoutRecheck),

        // The owner overlooks blocks, but another heap finds them when it has no room, so the kill test misses no block. The
        // stopped owner has read the block states but not yet cleared the flag. Blocks that others free now never get a free bit.
        StoppedAt(CrashWindow.CollectFlagSeen, isCalm: true, BlockStatesReadBeforeFlagCleared),

        // The stopped owner has read the free bits and not yet taken the block, so the block is allocated twice.
        StoppedAt(CrashWindow.AllocateHolderWritten, isCalm: false, SeizureIgnoresEnteredPart),
    ];

    /// <summary>Broken orderings that do no harm, because another mechanism makes up for them.</summary>
    internal static OrderingTrial[] Harmless { get; } =
    [
        // The block's state says that the block is free. When recovery adopts the slab, it derives the free bits from the block
        // states.
        KilledAt(CrashWindow.AllocateBitCleared, HolderWrittenAfterFreeBit),

        // If the holder is written first, the former owner's free bits are right even if recovery makes no sweep. The first
        // trial in Fatal therefore loses blocks only because these two writes are in the wrong order.
        KilledAt(CrashWindow.AllocateHolderWritten, AdoptionKeepsFreeBits, SweepNotifiesNoOwner),

        // The process that takes the lock over derives the page bits from the slab states. Until then, no other process
        // reads the bits.
        KilledAt(CrashWindow.ReleaseOwnerCleared, PagesFreeBeforeSlabState),

        // None of the slab's blocks was ever allocated, so recovery adopts the slab and releases it before a lookup needs the
        // page map.
        KilledAt(CrashWindow.CreateSlabBlockStatesWritten, SlabStateBeforeMap),

        // A free block has no free bit, but the sweep of recovery notifies the owner of the block's slab.
        KilledAt(CrashWindow.FreeHolderCleared, AdoptionKeepsFreeBits),
    ];

    public override string ToString() => Name;

    private static OrderingTrial KilledAt(CrashWindow window, params string[] broken) =>
        new(NameOf(window, "killed", broken), broken, number => new KillRound(window, Hit: number));

    private static OrderingTrial StoppedAt(CrashWindow window, bool isCalm, params string[] broken) => new(
        NameOf(window, "stopped", broken),
        broken,
        number => new KillRound(window, Hit: number, IsStop: true, RoundRecovery.OnDemand, isCalm));

    private static string NameOf(CrashWindow window, string state, string[] broken) =>
        $"{string.Join(", ", broken)} ({state} at {window})";
}
