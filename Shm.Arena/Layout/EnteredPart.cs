using System.Runtime.CompilerServices;

namespace Shm.Arena;

/// <summary>
/// Points to the field of a heap's slot that names the part in which the heap's thread changes free bits. The thread enters a
/// part before it reads the part's owner, and leaves it after its last write. A thread that seizes the part's slab marks the
/// owner first and reads this field afterwards. Between its two steps it runs a <see cref="Native.SharedBarrier"/>, so that the
/// thread of the heap needs no barrier: either it sees the mark, or the other thread sees the entered part. (D. Dice, H. Huang,
/// M. Yang, "Asymmetric Dekker synchronization", 2001.)
/// </summary>
internal readonly unsafe struct EnteredPart(ulong* field)
{
    /// <summary>Enters a part. Read the part's owner and free bits after this call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Enter(SlabPart* part)
    {
        KillPoint.Step();
        Volatile.Write(ref *field, (ulong)part);
    }

    /// <summary>
    /// Leaves the part, after the last write to it. The field then contains its own address, which is the address of no part. A
    /// zero would need another instruction.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Leave()
    {
        KillPoint.Step();
        Volatile.Write(ref *field, (ulong)field);
    }
}
