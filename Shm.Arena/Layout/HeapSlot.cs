using System.Runtime.InteropServices;

namespace Shm.Arena;

/// <summary>
/// The shared side of a heap: where others leave word that they freed blocks of its slabs. A wrong one
/// costs nothing; a lost one is not repeated, and what it would have said is found when the heap looks at every part.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
internal unsafe struct HeapSlot
{
    internal const int ByteCount = 1152;

    /// <summary>The token of the process whose heap it is; 0 if it is nobody's.</summary>
    [FieldOffset(0)] internal uint Owner;

    /// <summary>Per size class: a bit for each position of a slab part in the heap's list, modulo 64.</summary>
    [FieldOffset(64)] internal fixed ulong Freed[SizeClasses.Count];
}
