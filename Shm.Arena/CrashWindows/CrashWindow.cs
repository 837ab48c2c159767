namespace Shm.Arena;

/// <summary>
/// Crash windows: the moments between two related writes to shared memory. The text of each member says what a process leaves
/// behind if it is killed in that window, and which mechanism repairs it. The kill test kills and stops processes in every
/// window.
/// </summary>
/// <remarks>
/// Three mechanisms repair everything:
/// <list type="bullet">
/// <item>Rebuild of the supply: a process that takes the supply lock over from an exited process derives the bitmaps and counts
/// from the slab states.</item>
/// <item>Adoption: recovery gives a slab of an exited process to a living heap, which derives the slab's free bits
/// from the block states, and releases the slab if it is empty.</item>
/// <item>Sweep: recovery frees the blocks that exited processes held, notifies the owner of a free block without a free bit,
/// and releases a large block that is free.</item>
/// </list>
/// </remarks>
internal enum CrashWindow
{
    /// <summary>No window.</summary>
    None,

    /// <summary>
    /// The block has a holder, but its free bit is still set. The next recovery repairs this state: it adopts the slab, and its
    /// sweep frees the block.
    /// </summary>
    AllocateHolderWritten,

    /// <summary>The block is held, but no caller has its handle. The sweep of the next recovery repairs this state.</summary>
    AllocateBitCleared,

    /// <summary>
    /// The block is free, but its free bit is not set. The next recovery repairs this state by adopting the slab.
    /// </summary>
    FreeHolderCleared,

    /// <summary>The slab may be empty but not released. The next recovery repairs this state by adopting the slab.</summary>
    FreeBitSet,

    /// <summary>
    /// The remote-free flag is set, and the free bits are out of date. The next recovery repairs this state by adopting the
    /// slab.
    /// </summary>
    CollectFlagSeen,

    /// <summary>
    /// The remote-free flag is cleared, but the free bits are still out of date. The next recovery repairs this state by
    /// adopting the slab.
    /// </summary>
    CollectFlagCleared,

    /// <summary>
    /// A block in another heap's slab is free, but its part has no remote-free flag. The sweep of the next recovery repairs
    /// this state.
    /// </summary>
    RemoteFreeHolderCleared,

    /// <summary>
    /// A block that this process held in another heap's slab is free, but its part has no remote-free flag. The sweep of the
    /// next recovery repairs this state.
    /// </summary>
    OtherHeapFreeHolderCleared,

    /// <summary>
    /// A large block is free, but its pages are still marked as used. The sweep of the next recovery repairs this state.
    /// </summary>
    LargeFreeHolderCleared,

    /// <summary>
    /// The remote-free flag is set, but the part's bit in the free-part map and the hint in the owner's heap slot are not. The
    /// sweep of the next recovery repairs this state.
    /// </summary>
    RemoteFreeFlagSet,

    /// <summary>
    /// The owner has the hint. If the part got a new owner meanwhile, the new owner has no hint. The sweep of the next recovery
    /// repairs this state.
    /// </summary>
    RemoteFreeOwnerNotified,

    /// <summary>
    /// The slab exists, but the heap that owns it does not know it. The next recovery repairs this state by adopting the slab.
    /// </summary>
    CreateSlabNotListed,

    /// <summary>
    /// The block has its new holder, but the former holder does not know this. The receiver frees the block. If the receiver
    /// exits, the sweep of a recovery frees the block.
    /// </summary>
    HandOverHolderChanged,

    /// <summary>
    /// The slab exists but has no owner, and the supply lock is held. The next recovery repairs this state: it rebuilds the
    /// supply and adopts the slab.
    /// </summary>
    ReleaseOwnerCleared,

    /// <summary>
    /// The slab no longer exists, but its pages are still marked as used. The rebuild of the supply repairs this state.
    /// </summary>
    ReleaseStateCleared,

    /// <summary>
    /// The slab's pages are marked as free, but its parts are still marked as used. The rebuild of the supply repairs this
    /// state.
    /// </summary>
    ReleasePagesFreed,

    /// <summary>The count of used pages is too high. The rebuild of the supply repairs this state.</summary>
    ReleasePartsFreed,

    /// <summary>
    /// A search for free pages may begin beyond the released pages. The rebuild of the supply repairs this state.
    /// </summary>
    ReleaseCounted,

    /// <summary>Parts are marked as used, but no slab uses them. The rebuild of the supply repairs this state.</summary>
    CreateSlabPartsTaken,

    /// <summary>
    /// The number of parts ever used includes parts that belong to no slab. The rebuild of the supply frees the parts. The
    /// number stays too high, which does no harm.
    /// </summary>
    CreateSlabPartLimitRaised,

    /// <summary>
    /// The number of slabs ever made counts a slab that does not exist. The rebuild of the supply frees the parts. The number
    /// stays, since numbers may have gaps.
    /// </summary>
    CreateSlabNumbered,

    /// <summary>
    /// A part that belongs to no slab has sizes. The rebuild of the supply frees the part, and the next slab overwrites it.
    /// </summary>
    CreateSlabSizesWritten,

    /// <summary>
    /// A part that belongs to no slab has an owner. The rebuild of the supply frees the part, and the next slab overwrites it.
    /// </summary>
    CreateSlabOwnerWritten,

    /// <summary>
    /// A part that belongs to no slab has block states. The rebuild of the supply frees the part, and the next slab overwrites
    /// it.
    /// </summary>
    CreateSlabBlockStatesWritten,

    /// <summary>
    /// The region map names a slab that does not exist. The rebuild of the supply frees the parts, and the next slab in these
    /// pages overwrites the map.
    /// </summary>
    CreateSlabRegionMapWritten,

    /// <summary>
    /// The unit map names a slab that does not exist. The rebuild of the supply frees the parts, and the next slab in these
    /// pages overwrites the map.
    /// </summary>
    CreateSlabUnitMapWritten,

    /// <summary>
    /// All maps name a slab that does not exist. The rebuild of the supply frees the parts, and the next slab in these pages
    /// overwrites the maps.
    /// </summary>
    CreateSlabPageMapWritten,

    /// <summary>Pages are marked as used, but no slab uses them. The rebuild of the supply repairs this state.</summary>
    CreateSlabPagesTaken,

    /// <summary>Pages that belong to no slab are counted as used. The rebuild of the supply repairs this state.</summary>
    CreateSlabPagesCounted,

    /// <summary>
    /// The slab exists, but the supply lock is still held. The next recovery repairs this state: it rebuilds the supply and
    /// adopts the slab. The sweep of this recovery frees a large block.
    /// </summary>
    CreateSlabStateWritten,

    /// <summary>
    /// A process has taken the supply lock over, but the bitmaps are still those of the exited process. The next process that
    /// takes the lock over repairs this state: it rebuilds the supply.
    /// </summary>
    SupplyLockTakenOver,

    /// <summary>
    /// The bitmaps mark all pages and parts as free. The next process that takes the lock over repairs this state: it rebuilds
    /// the supply.
    /// </summary>
    RebuildBitmapsCleared,

    /// <summary>
    /// The bitmaps mark only some slabs' pages and parts as used. The next process that takes the lock over repairs this state:
    /// it rebuilds the supply.
    /// </summary>
    RebuildPagesMarked,

    /// <summary>The number of heap slots counts a slot that has no owner. The next heap that is opened takes the slot.</summary>
    OpenHeapSlotCounted,

    /// <summary>
    /// A heap slot has an owner, but no heap uses the slot. The next heap that a living process opens takes the slot.
    /// </summary>
    OpenHeapSlotOwned,

    /// <summary>
    /// Some parts of a slab are marked as seized, but the slab has no new owner, and the supply lock is held. The owner has lost
    /// the marked parts. The next seizure takes the slab.
    /// </summary>
    SeizeOwnerMarked,

    /// <summary>
    /// A seized part names its new owner, but has the free bits of its former owner. The next recovery adopts the slab.
    /// </summary>
    SeizeOwnerWritten,

    /// <summary>
    /// A seized part has its new owner and new free bits, but the owner does not know the part. The next recovery adopts the
    /// slab.
    /// </summary>
    SeizeFreeBitsWritten,

    /// <summary>The slab is seized, but the supply lock is still held. The next recovery adopts the slab.</summary>
    SeizeListed,

    /// <summary>
    /// The process slot has a new incarnation, but still the former token. The next process that attaches takes the slot and
    /// replaces both.
    /// </summary>
    AttachIncarnationWritten,

    /// <summary>
    /// The process slot has a new token, but the departure of its former process is not counted. The new token makes a recovery
    /// due, and this recovery repairs the state.
    /// </summary>
    AttachTokenWritten,

    /// <summary>The process slot has the token of an exited process that holds nothing. Recovery clears the token.</summary>
    AttachDepartureCounted,

    /// <summary>
    /// Recovery has read a slab's state. If the process is stopped here, the slab may be released before the process goes on.
    /// Before the process adopts the slab, it reads the state again under the supply lock.
    /// </summary>
    RecoverSlabStateRead,

    /// <summary>
    /// A part has its new owner, but still the free bits of its former owner. The next recovery repairs this state: it rebuilds
    /// the supply and adopts the slab.
    /// </summary>
    AdoptOwnerWritten,

    /// <summary>
    /// A part has a new owner and new free bits, but the owner does not know the part. The next recovery repairs this state: it
    /// rebuilds the supply and adopts the slab.
    /// </summary>
    AdoptFreeBitsWritten,

    /// <summary>
    /// The slab is adopted, but the supply lock is still held. The next recovery repairs this state: it rebuilds the supply and
    /// adopts the slab.
    /// </summary>
    AdoptListed,

    /// <summary>
    /// Recovery has freed a block, but has not notified the owner of the block's slab. The sweep of the next recovery repairs
    /// this state.
    /// </summary>
    RecoverHolderCleared,

    /// <summary>
    /// Recovery has found a free large block, but has not released it. The sweep of the next recovery repairs this state.
    /// </summary>
    RecoverLargeBlockFound,

    /// <summary>
    /// Recovery has found a free block without a free bit, but has not notified the owner of its slab. The sweep of the next
    /// recovery repairs this state.
    /// </summary>
    RecoverFlagMissing,

    /// <summary>Recovery is complete, but not recorded. The next recovery finds nothing to do and is recorded.</summary>
    RecoverNotRecorded,

    /// <summary>
    /// The token of an exited process is cleared, but the recovery is not recorded. The next recovery finds nothing to do and
    /// is recorded.
    /// </summary>
    RecoverTokenCleared,

    /// <summary>
    /// Slabs are adopted, but the empty ones among them are not released. The next recovery adopts these slabs and releases the
    /// empty ones.
    /// </summary>
    RecoverNothingReleased,
}
