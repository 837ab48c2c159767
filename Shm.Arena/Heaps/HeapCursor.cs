namespace Shm.Arena;

/// <summary>Position of a walk over a heap's slabs. The default value is the start.</summary>
internal struct HeapCursor
{
    internal int ClassIndex;
    internal int Position;
}
