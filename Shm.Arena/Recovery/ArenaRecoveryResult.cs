namespace Shm.Arena;

/// <summary>Result of a recovery.</summary>
/// <param name="AdoptedSlabCount">Number of slabs of exited processes that the calling thread's heap owns now.</param>
/// <param name="ReclaimedBlockCount">Number of blocks that exited processes held and that are free now.</param>
/// <param name="ReclaimedBytes">
/// Size of the blocks that are free now, in bytes. Each block counts with the block size of its class.
/// </param>
public readonly record struct ArenaRecoveryResult(int AdoptedSlabCount, int ReclaimedBlockCount, long ReclaimedBytes);
