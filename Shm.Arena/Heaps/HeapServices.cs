namespace Shm.Arena;

/// <summary>Services that a heap calls outside its fast paths.</summary>
/// <param name="Memory">Memory of the arena.</param>
/// <param name="Handles">Converts between handles and states.</param>
/// <param name="Allocation">Allocates when the current part is full.</param>
/// <param name="RemoteFrees">Frees blocks of other heaps.</param>
/// <param name="Lookup">Finds blocks whose handles have no slot index.</param>
internal sealed record HeapServices(
    ArenaMemory Memory, BlockHandles Handles, SlowAllocation Allocation, RemoteFrees RemoteFrees, BlockLookup Lookup);
