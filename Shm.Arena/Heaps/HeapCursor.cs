namespace Shm.Arena;

/// <summary>How far a walk over a heap's slabs has come.</summary>
internal struct HeapCursor
{
    internal int ClassIndex;
    internal int Position;
}
