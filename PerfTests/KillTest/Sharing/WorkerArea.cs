using System.Runtime.InteropServices;
using Shm.Arena;

namespace PerfTests.KillTest.Sharing;

/// <summary>Data that the conductor and one worker exchange, and the blocks that the worker holds. The area outlives the worker.</summary>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
internal unsafe struct WorkerArea
{
    internal const int ByteCount = 8192;
    internal const int MaxFailureBytes = 2048;
    internal const int MailboxCount = 8;
    internal const int MaxBlocks = 64;

    /// <summary>A <see cref="WorkerCommand"/> in the low byte, and the number of the command in the bits above.</summary>
    [FieldOffset(0)] internal int Command;

    /// <summary>Number of the last command that the worker executed.</summary>
    [FieldOffset(4)] internal int Done;

    /// <summary>Answer to the last command: 1 is yes.</summary>
    [FieldOffset(8)] internal int Answer;

    /// <summary>1 from the start of the worker until it is killed, else 0.</summary>
    [FieldOffset(12)] internal int IsPresent;

    /// <summary>Number of operations that the area's worker and its killed predecessors have begun.</summary>
    [FieldOffset(16)] internal long Progress;

    /// <summary>The worker's member token in the arena; 0 until it is attached.</summary>
    [FieldOffset(24)] internal uint Member;

    /// <summary>1 if the worker must leave out operations that start a recovery or make one necessary.</summary>
    [FieldOffset(28)] internal int IsCalm;

    /// <summary>Trap of the worker: the crash window and the hit count at which it sends itself a signal.</summary>
    [FieldOffset(64)] internal KillTrap Trap;

    [FieldOffset(128)] internal ListedBlock FirstSent;
    [FieldOffset(1024)] internal fixed byte Failure[MaxFailureBytes];
    [FieldOffset(4096)] internal ListedBlock FirstHeld;
}
