using PerfTests.KillTest.Driving;
using Shm.Arena;
using static PerfTests.KillTest.Orderings.BrokenOrdering;

namespace PerfTests.KillTest.Orderings;

/// <summary>A set of broken orderings, and the rounds that expose it.</summary>
/// <param name="Name">Name of the test case.</param>
/// <param name="Broken">Names of the orderings.</param>
/// <param name="Round">Returns the round of a 1-based number.</param>
internal sealed record OrderingTrial(string Name, string[] Broken, Func<int, KillRound> Round)
{
    /// <summary>Orderings that lose or double blocks.</summary>
    internal static OrderingTrial[] Fatal { get; } =
    [
        // Each alone is made good by the other two mechanisms: block states, and the sweep for free blocks that are not listed.
        KilledAt(CrashWindow.AllocateBitCleared, HolderWrittenAfterFreeBit, AdoptionKeepsFreeBits, SweepNotifiesNoOwner),
        KilledAt(CrashWindow.FreeHolderCleared, AdoptionKeepsFreeBits, SweepNotifiesNoOwner),
        KilledAt(CrashWindow.RemoteFreeHolderCleared, SweepNotifiesNoOwner),
        KilledAt(CrashWindow.CreateSlabNumbered, SlabStateBeforeParts),
        KilledAt(CrashWindow.CreateSlabPagesTaken, TakeoverWithoutRebuild),
        KilledAt(CrashWindow.ReleaseStateCleared, TakeoverWithoutRebuild),

        // Blocks that others free while the stopped owner has read the states and not yet cleared the flag are never listed.
        StoppedAt(CrashWindow.CollectFlagSeen, isCalm: true, BlockStatesReadBeforeFlagCleared),

        // A slab that is released after its state was read has no owner, and is adopted although it does not exist any more.
        StoppedAt(CrashWindow.RecoverSlabStateRead, isCalm: false, AdoptionWithoutRecheck),

        // The owner looks, finds the block in use, and is not notified when the block becomes free.
        StoppedAt(CrashWindow.RemoteFreeFlagSet, isCalm: true, OwnerNotifiedBeforeBlockIsFree),
    ];

    /// <summary>Orderings that another mechanism makes good.</summary>
    internal static OrderingTrial[] Harmless { get; } =
    [
        // The block is free by its state, and adoption makes the free bits from the states.
        KilledAt(CrashWindow.AllocateBitCleared, HolderWrittenAfterFreeBit),

        // With the holder written first, even the former owner's free bits can be trusted, without a sweep. So it is the
        // order that makes the first fatal trial fatal.
        KilledAt(CrashWindow.AllocateHolderWritten, AdoptionKeepsFreeBits, SweepNotifiesNoOwner),

        // The process that takes the lock over makes the page bits from the states, and no other looks at them meanwhile.
        KilledAt(CrashWindow.ReleaseOwnerCleared, PagesFreeBeforeSlabState),

        // None of the slab's blocks was ever allocated: adoption releases the slab before a lookup needs the map.
        KilledAt(CrashWindow.CreateSlabBlockStatesWritten, SlabStateBeforeMap),

        // The free bits lack a free block, of which the sweep notifies the owner.
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
