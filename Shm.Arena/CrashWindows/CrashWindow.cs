namespace Shm.Arena;

/// <summary>
/// Crash windows: the moments between two writes to shared memory that belong together. Each member says what a process
/// leaves behind that is killed there, and who mends it. The kill test kills and stops processes in every window.
/// </summary>
/// <remarks>
/// Three mechanisms mend everything:
/// <list type="bullet">
/// <item>Rebuild: the process that takes the supply lock over from an exited holder derives bitmaps and counts
/// from the slab states.</item>
/// <item>Adoption: recovery gives a slab of an exited process to a living heap, which derives the slab's free bits
/// from the block states, and releases the slab if it is empty.</item>
/// <item>Sweep: recovery frees blocks of exited holders, notifies the owner of a free block without a free bit, and
/// releases a large block that is free.</item>
/// </list>
/// </remarks>
internal enum CrashWindow
{
    /// <summary>No window.</summary>
    None,

    /// <summary>The block has a holder, and its free bit is still set. Adoption and sweep.</summary>
    AllocateHolderWritten,

    /// <summary>The block is held, and no caller has its handle. Sweep.</summary>
    AllocateBitCleared,

    /// <summary>The block is free, and its free bit is not set. Adoption.</summary>
    FreeHolderCleared,

    /// <summary>The slab may be empty and not be released. Adoption.</summary>
    FreeBitSet,

    /// <summary>The remote-free flag is set, and the free bits are old. Adoption.</summary>
    CollectFlagSeen,

    /// <summary>The remote-free flag is cleared, and the free bits are old. Adoption.</summary>
    CollectFlagCleared,

    /// <summary>A block of another heap is free, and its part has no remote-free flag. Sweep.</summary>
    RemoteFreeHolderCleared,

    /// <summary>As <see cref="RemoteFreeHolderCleared"/>, for a block that this process held itself. Sweep.</summary>
    OtherHeapFreeHolderCleared,

    /// <summary>A large block is free, and its pages are in use. Sweep.</summary>
    LargeFreeHolderCleared,

    /// <summary>The remote-free flag is set, and the owner's heap slot does not name the part. Sweep.</summary>
    RemoteFreeFlagSet,

    /// <summary>The owner is notified. If the part has a new owner meanwhile, that one is not. Sweep.</summary>
    RemoteFreeOwnerNotified,

    /// <summary>The slab exists, and its owner does not know it. Adoption.</summary>
    CreateSlabNotListed,

    /// <summary>The block has its new holder, and the giver does not know. The receiver, or the sweep after it exits.</summary>
    HandOverHolderChanged,

    /// <summary>The slab exists and has no owner; the supply lock is held. Rebuild and adoption.</summary>
    ReleaseOwnerCleared,

    /// <summary>The slab does not exist any more, and its pages are marked as used. Rebuild.</summary>
    ReleaseStateCleared,

    /// <summary>The slab's pages are marked as free, and its parts as used. Rebuild.</summary>
    ReleasePagesFreed,

    /// <summary>The count of used pages is too high. Rebuild.</summary>
    ReleasePartsFreed,

    /// <summary>Searches for free pages may begin beyond the slab. Rebuild.</summary>
    ReleaseCounted,

    /// <summary>Parts are marked as used, and no slab uses them. Rebuild.</summary>
    CreateSlabPartsTaken,

    /// <summary>The number of parts ever used counts parts of no slab. Rebuild; the number stays, and does no harm.</summary>
    CreateSlabPartLimitRaised,

    /// <summary>
    /// The number of slabs ever made counts a slab that does not exist. Rebuild frees the parts; the number stays,
    /// since numbers may have gaps.
    /// </summary>
    CreateSlabNumbered,

    /// <summary>A part of no slab has sizes. Rebuild; the next slab overwrites the part.</summary>
    CreateSlabSizesWritten,

    /// <summary>A part of no slab has an owner. Rebuild; the next slab overwrites the part.</summary>
    CreateSlabOwnerWritten,

    /// <summary>A part of no slab has block states. Rebuild; the next slab overwrites the part.</summary>
    CreateSlabBlockStatesWritten,

    /// <summary>The region map names a slab that does not exist. Rebuild; the next slab in these pages overwrites the map.</summary>
    CreateSlabRegionMapWritten,

    /// <summary>The unit map names a slab that does not exist. Rebuild; the next slab in these pages overwrites the map.</summary>
    CreateSlabUnitMapWritten,

    /// <summary>All maps name a slab that does not exist. Rebuild; the next slab in these pages overwrites the maps.</summary>
    CreateSlabPageMapWritten,

    /// <summary>Pages are marked as used, and no slab uses them. Rebuild.</summary>
    CreateSlabPagesTaken,

    /// <summary>Pages of no slab are counted as used. Rebuild.</summary>
    CreateSlabPagesCounted,

    /// <summary>The slab exists, and the supply lock is held. Rebuild, then adoption; sweep of a large block.</summary>
    CreateSlabStateWritten,

    /// <summary>The supply lock has a new holder, and the bitmaps are those of the former. Rebuild by the next holder.</summary>
    SupplyLockTakenOver,

    /// <summary>The bitmaps mark all pages and parts as free. Rebuild by the next holder.</summary>
    RebuildBitmapsCleared,

    /// <summary>The bitmaps mark some slabs' pages and parts as used. Rebuild by the next holder.</summary>
    RebuildPagesMarked,

    /// <summary>The number of heap slots counts one without an owner. The next heap that is opened takes the slot.</summary>
    OpenHeapSlotCounted,

    /// <summary>A heap slot has an owner, and no heap uses it. The next heap that a living process opens takes the slot.</summary>
    OpenHeapSlotOwned,

    /// <summary>Some parts of a slab name the heap that absorbs it, and that heap does not know the slab. Adoption.</summary>
    AbsorbOwnerChanged,

    /// <summary>The process slot has a new incarnation and the former token. The next process that attaches takes both.</summary>
    AttachIncarnationWritten,

    /// <summary>
    /// The slot has a new token, and the departure of its former process is not counted. Recovery, due for the new
    /// token.
    /// </summary>
    AttachTokenWritten,

    /// <summary>The slot has the token of an exited process that holds nothing. Recovery clears the token.</summary>
    AttachDepartureCounted,

    /// <summary>Recovery has read a slab's state. If it is stopped here, the slab may be released before it goes on.</summary>
    RecoverSlabStateRead,

    /// <summary>A part has its new owner, and the free bits of its former. Rebuild and adoption by the next recovery.</summary>
    AdoptOwnerWritten,

    /// <summary>A part has a new owner and free bits, and the owner does not know it. Rebuild and adoption by the next recovery.</summary>
    AdoptFreeBitsWritten,

    /// <summary>The slab is adopted, and the supply lock is held. Rebuild and adoption by the next recovery.</summary>
    AdoptListed,

    /// <summary>Recovery has freed a block, and has not notified its owner. Sweep by the next recovery.</summary>
    RecoverHolderCleared,

    /// <summary>Recovery has found a free large block, and has not released it. Sweep by the next recovery.</summary>
    RecoverLargeBlockFound,

    /// <summary>Recovery has found a free block without a free bit, and has not notified its owner. Sweep by the next recovery.</summary>
    RecoverFlagMissing,

    /// <summary>Recovery is complete, and is not recorded. The next recovery finds nothing and records it.</summary>
    RecoverNotRecorded,

    /// <summary>The token of an exited process is cleared, and the recovery is not recorded. As <see cref="RecoverNotRecorded"/>.</summary>
    RecoverTokenCleared,

    /// <summary>Slabs are adopted, and empty ones among them are not released. Adoption by the next recovery.</summary>
    RecoverNothingReleased,
}
