namespace Shm.Arena;

/// <summary>
/// Crash windows: the moments between two related writes to shared memory. The text of each member says what a process leaves
/// behind if it is killed in that window, and which mechanism repairs it. The kill test kills and stops processes in every
/// window.
/// </summary>
/// <remarks>
/// Three mechanisms repair everything:
/// <list type="bullet">
/// <item>Rebuild: the process that takes the supply lock over from an exited holder derives the bitmaps and counts
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

    /// <summary>The block has a holder, but its free bit is still set. Adoption and sweep repair this.</summary>
    AllocateHolderWritten,

    /// <summary>The block is held, but no caller has its handle. Sweep repairs this.</summary>
    AllocateBitCleared,

    /// <summary>The block is free, but its free bit is not set. Adoption repairs this.</summary>
    FreeHolderCleared,

    /// <summary>The slab may be empty but not released. Adoption repairs this.</summary>
    FreeBitSet,

    /// <summary>The remote-free flag is set, and the free bits are out of date. Adoption repairs this.</summary>
    CollectFlagSeen,

    /// <summary>The remote-free flag is cleared, but the free bits are still out of date. Adoption repairs this.</summary>
    CollectFlagCleared,

    /// <summary>A block in another heap's slab is free, but its part has no remote-free flag. Sweep repairs this.</summary>
    RemoteFreeHolderCleared,

    /// <summary>
    /// A block that this process held in another heap's slab is free, but its part has no remote-free flag. Sweep
    /// repairs this.
    /// </summary>
    OtherHeapFreeHolderCleared,

    /// <summary>A large block is free, but its pages are still marked as used. Sweep repairs this.</summary>
    LargeFreeHolderCleared,

    /// <summary>The remote-free flag is set, but the owner's heap slot has no hint for the part. Sweep repairs this.</summary>
    RemoteFreeFlagSet,

    /// <summary>The owner has the hint. If the part got a new owner meanwhile, the new owner has no hint. Sweep repairs this.</summary>
    RemoteFreeOwnerNotified,

    /// <summary>The slab exists, but the heap that owns it does not know it. Adoption repairs this.</summary>
    CreateSlabNotListed,

    /// <summary>
    /// The block has its new holder, but the former holder does not know this. The receiver frees the block, or sweep
    /// frees it after the receiver exits.
    /// </summary>
    HandOverHolderChanged,

    /// <summary>The slab exists but has no owner, and the supply lock is held. Rebuild and adoption repair this.</summary>
    ReleaseOwnerCleared,

    /// <summary>The slab no longer exists, but its pages are still marked as used. Rebuild repairs this.</summary>
    ReleaseStateCleared,

    /// <summary>The slab's pages are marked as free, but its parts are still marked as used. Rebuild repairs this.</summary>
    ReleasePagesFreed,

    /// <summary>The count of used pages is too high. Rebuild repairs this.</summary>
    ReleasePartsFreed,

    /// <summary>A search for free pages may begin beyond the released pages. Rebuild repairs this.</summary>
    ReleaseCounted,

    /// <summary>Parts are marked as used, but no slab uses them. Rebuild repairs this.</summary>
    CreateSlabPartsTaken,

    /// <summary>
    /// The number of parts ever used includes parts that belong to no slab. Rebuild frees the parts. The number stays
    /// too high, which does no harm.
    /// </summary>
    CreateSlabPartLimitRaised,

    /// <summary>
    /// The number of slabs ever made counts a slab that does not exist. Rebuild frees the parts. The number stays,
    /// since numbers may have gaps.
    /// </summary>
    CreateSlabNumbered,

    /// <summary>A part that belongs to no slab has sizes. Rebuild frees the part, and the next slab overwrites it.</summary>
    CreateSlabSizesWritten,

    /// <summary>A part that belongs to no slab has an owner. Rebuild frees the part, and the next slab overwrites it.</summary>
    CreateSlabOwnerWritten,

    /// <summary>A part that belongs to no slab has block states. Rebuild frees the part, and the next slab overwrites it.</summary>
    CreateSlabBlockStatesWritten,

    /// <summary>
    /// The region map names a slab that does not exist. Rebuild frees the parts, and the next slab in these pages
    /// overwrites the map.
    /// </summary>
    CreateSlabRegionMapWritten,

    /// <summary>
    /// The unit map names a slab that does not exist. Rebuild frees the parts, and the next slab in these pages
    /// overwrites the map.
    /// </summary>
    CreateSlabUnitMapWritten,

    /// <summary>
    /// All maps name a slab that does not exist. Rebuild frees the parts, and the next slab in these pages overwrites
    /// the maps.
    /// </summary>
    CreateSlabPageMapWritten,

    /// <summary>Pages are marked as used, but no slab uses them. Rebuild repairs this.</summary>
    CreateSlabPagesTaken,

    /// <summary>Pages that belong to no slab are counted as used. Rebuild repairs this.</summary>
    CreateSlabPagesCounted,

    /// <summary>
    /// The slab exists, but the supply lock is still held. Rebuild and then adoption repair this; sweep frees a large
    /// block.
    /// </summary>
    CreateSlabStateWritten,

    /// <summary>
    /// The supply lock has a new holder, but the bitmaps are still those of the former holder. Rebuild by the next
    /// holder of the lock repairs this.
    /// </summary>
    SupplyLockTakenOver,

    /// <summary>The bitmaps mark all pages and parts as free. Rebuild by the next holder of the lock repairs this.</summary>
    RebuildBitmapsCleared,

    /// <summary>The bitmaps mark only some slabs' pages and parts as used. Rebuild by the next holder of the lock repairs this.</summary>
    RebuildPagesMarked,

    /// <summary>The number of heap slots counts a slot that has no owner. The next heap that is opened takes the slot.</summary>
    OpenHeapSlotCounted,

    /// <summary>A heap slot has an owner, but no heap uses the slot. The next heap that a living process opens takes the slot.</summary>
    OpenHeapSlotOwned,

    /// <summary>
    /// Some parts of a slab name the heap that absorbs the slab, but that heap does not know the slab. Adoption repairs
    /// this.
    /// </summary>
    AbsorbOwnerChanged,

    /// <summary>
    /// The process slot has a new incarnation, but still the former token. The next process that attaches takes the
    /// slot and replaces both.
    /// </summary>
    AttachIncarnationWritten,

    /// <summary>
    /// The process slot has a new token, but the departure of its former process is not counted. A recovery is due for
    /// the new token and repairs this.
    /// </summary>
    AttachTokenWritten,

    /// <summary>The process slot has the token of an exited process that holds nothing. Recovery clears the token.</summary>
    AttachDepartureCounted,

    /// <summary>
    /// Recovery has read a slab's state. If the process is stopped here, the slab may be released before the process
    /// goes on. Adoption reads the state again under the supply lock.
    /// </summary>
    RecoverSlabStateRead,

    /// <summary>
    /// A part has its new owner, but still the free bits of its former owner. Rebuild and adoption by the next recovery
    /// repair this.
    /// </summary>
    AdoptOwnerWritten,

    /// <summary>
    /// A part has a new owner and new free bits, but the owner does not know the part. Rebuild and adoption by the next
    /// recovery repair this.
    /// </summary>
    AdoptFreeBitsWritten,

    /// <summary>The slab is adopted, but the supply lock is still held. Rebuild and adoption by the next recovery repair this.</summary>
    AdoptListed,

    /// <summary>
    /// Recovery has freed a block, but has not notified the owner of the block's slab. Sweep by the next recovery
    /// repairs this.
    /// </summary>
    RecoverHolderCleared,

    /// <summary>Recovery has found a free large block, but has not released it. Sweep by the next recovery repairs this.</summary>
    RecoverLargeBlockFound,

    /// <summary>
    /// Recovery has found a free block without a free bit, but has not notified the owner of its slab. Sweep by the
    /// next recovery repairs this.
    /// </summary>
    RecoverFlagMissing,

    /// <summary>Recovery is complete, but not recorded. The next recovery finds nothing to do and is recorded.</summary>
    RecoverNotRecorded,

    /// <summary>
    /// The token of an exited process is cleared, but the recovery is not recorded. The next recovery finds nothing to
    /// do and is recorded.
    /// </summary>
    RecoverTokenCleared,

    /// <summary>Slabs are adopted, but the empty ones among them are not released. Adoption by the next recovery repairs this.</summary>
    RecoverNothingReleased,
}
