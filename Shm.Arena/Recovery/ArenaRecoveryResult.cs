namespace Shm.Arena;

/// <summary>What a recovery took back.</summary>
/// <param name="AdoptedSlabCount">Slabs of dead processes that the calling thread's heap owns now.</param>
/// <param name="ReclaimedBlockCount">Blocks that dead processes held and that are free now.</param>
/// <param name="ReclaimedBytes">Their bytes, each counted as its size class's.</param>
public readonly record struct ArenaRecoveryResult(int AdoptedSlabCount, int ReclaimedBlockCount, long ReclaimedBytes);
