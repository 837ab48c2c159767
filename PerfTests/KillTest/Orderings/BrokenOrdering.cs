using PerfTests.Files;

namespace PerfTests.KillTest.Orderings;

/// <summary>
/// Changes of the protocol that a maintainer could make by mistake. Each change is a patch of the arena's sources, in a file of
/// this folder that has the name of the ordering. The first lines of the file say what the patch breaks. An instrumented build
/// contains all patches, and a process follows only the broken orderings that are selected by name.
/// </summary>
internal static class BrokenOrdering
{
    internal const string
        AdoptionKeepsFreeBits = "adoption-keeps-free-bits",
        AdoptionWithoutRecheck = "adoption-without-recheck",
        BlockStatesReadBeforeFlagCleared = "block-states-read-before-flag-cleared",
        HolderWrittenAfterFreeBit = "holder-written-after-free-bit",
        OwnerNotifiedBeforeBlockIsFree = "owner-notified-before-block-is-free",
        PagesFreeBeforeSlabState = "pages-free-before-slab-state",
        SeizureIgnoresEnteredPart = "seizure-ignores-entered-part",
        SlabStateBeforeMap = "slab-state-before-map",
        SlabStateBeforeParts = "slab-state-before-parts",
        SweepNotifiesNoOwner = "sweep-notifies-no-owner",
        TakeoverWithoutRebuild = "takeover-without-rebuild";

    private const string Folder = "PerfTests/KillTest/Orderings";

    /// <summary>Gets the patch files of all orderings.</summary>
    internal static string[] Patches => [.. Directory.GetFiles(ProjectRoot.Resolve(Folder), "*.patch").Order(StringComparer.Ordinal)];
}
