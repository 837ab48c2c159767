using System.Runtime.InteropServices;

namespace Shm.Arena;

/// <summary>
/// One attached process. Slots share cache lines: a process writes its slot when it attaches and reads others' in
/// recovery alone, and 1,024 slots are most of what a small arena takes of memory by being there.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
internal struct ProcessSlot
{
    internal const int ByteCount = 16;

    /// <summary>What marks everything that the process holds, see <see cref="ProcessToken"/>; 0 if it has detached.</summary>
    [FieldOffset(0)] internal uint Token;

    /// <summary>How often the slot was taken: no token is used twice.</summary>
    [FieldOffset(4)] internal uint Incarnation;

    /// <summary>For diagnosis alone: a process id means something within one namespace only.</summary>
    [FieldOffset(8)] internal int ProcessId;
}
