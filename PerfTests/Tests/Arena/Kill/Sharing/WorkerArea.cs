using System.Runtime.InteropServices;
using Shm.Core;

namespace PerfTests.Tests.Arena.Kill.Sharing;

/// <summary>What the conductor and one worker tell each other, and what the worker holds. It outlives the worker.</summary>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
internal unsafe struct WorkerArea
{
    internal const int ByteCount = 8192;
    internal const int MostFailureBytes = 2048;
    internal const int MailboxCount = 8;
    internal const int MostBlocks = 64;

    /// <summary>A <see cref="WorkerCommand"/> in the low byte, and its number above.</summary>
    [FieldOffset(0)] internal int Command;

    /// <summary>The number of the last command that was carried out.</summary>
    [FieldOffset(4)] internal int Done;

    /// <summary>What the last command found: 1 for yes.</summary>
    [FieldOffset(8)] internal int Answer;

    /// <summary>Whether the worker counts: its process was not killed, or it was and has a successor.</summary>
    [FieldOffset(12)] internal int IsPresent;

    /// <summary>Operations begun, over all the area's workers.</summary>
    [FieldOffset(16)] internal long Progress;

    /// <summary>The worker's token in the arena; 0 if it is not attached.</summary>
    [FieldOffset(24)] internal uint Member;

    /// <summary>1: only operations that make no recovery due and start none.</summary>
    [FieldOffset(28)] internal int IsCalm;

    /// <summary>At which injected point, at which time it comes there, the worker sends itself which signal.</summary>
    [FieldOffset(64)] internal fixed int Armed[3];

    [FieldOffset(128)] internal ListedBlock FirstLetter;
    [FieldOffset(1024)] internal fixed byte Failure[MostFailureBytes];
    [FieldOffset(4096)] internal ListedBlock FirstHeld;
}

/// <summary>A block with what is written in it, in a list that other processes read.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct ListedBlock
{
    /// <summary>A <see cref="BlockListing"/>; written last.</summary>
    [FieldOffset(0)] internal int State;
    [FieldOffset(8)] internal ShmBlock Block;
    [FieldOffset(32)] internal ulong Stamp;
}

/// <summary>What a <see cref="ListedBlock"/> is.</summary>
internal static class BlockListing
{
    internal const int None = 0;

    /// <summary>Somebody has begun to put it there.</summary>
    internal const int Coming = 1;
    internal const int There = 2;

    /// <summary>Somebody has begun to take it.</summary>
    internal const int Going = 3;
}

/// <summary>What a worker is to do. It then waits, unless it was working and the command says otherwise.</summary>
internal enum WorkerCommand
{
    None,

    /// <summary>Allocate, free, hand over and so on at random until the next command.</summary>
    Work,

    /// <summary>Stop working between two operations.</summary>
    Pause,

    /// <summary>Recover, and go on as before.</summary>
    Recover,

    /// <summary>Check and free all that it holds.</summary>
    Drain,

    /// <summary>Allocate the whole arena as one block and free it; the answer is whether there was room.</summary>
    TakeWhole,

    /// <summary>Compare what is live in the arena with what the workers hold.</summary>
    Audit,

    /// <summary>As <see cref="Audit"/>, and nobody who is gone may hold anything.</summary>
    AuditStrictly,

    /// <summary>Take back what dead workers offered.</summary>
    ReclaimOffered,

    /// <summary>The answer is whether no block is live.</summary>
    IsEmpty,

    /// <summary>Detach and exit.</summary>
    Leave,
}
