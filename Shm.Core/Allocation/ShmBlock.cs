namespace Shm.Core;

/// <summary>
/// One allocation. A block is named by where it lies in shared memory, never by an address: the same
/// segment is mapped at another address in each process, so an address means nothing to a peer.
/// </summary>
/// <param name="SegmentId">The segment that holds the block, unique within its allocator.</param>
/// <param name="Generation">Tells a block from an earlier, freed one in the same place.</param>
/// <param name="Offset">Bytes from the start of the segment.</param>
/// <param name="ByteCount">Bytes asked for; at least that many are usable.</param>
public readonly record struct ShmBlock(uint SegmentId, uint Generation, long Offset, long ByteCount);
