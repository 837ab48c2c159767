using System.Runtime.InteropServices;
using Shm.Core;

namespace PerfTests.KillTest.Sharing;

/// <summary>Entry of a list of blocks in the control memory: a block, and the stamp that its pattern is made from.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct ListedBlock
{
    /// <summary>State of the entry, a value of <see cref="BlockListing"/>. This field is written after the other fields.</summary>
    [FieldOffset(0)] internal int State;
    [FieldOffset(8)] internal ShmBlock Block;
    [FieldOffset(32)] internal ulong Stamp;
}

/// <summary>State of a <see cref="ListedBlock"/>.</summary>
internal static class BlockListing
{
    internal const int Empty = 0;

    /// <summary>A worker has begun to add the block.</summary>
    internal const int Adding = 1;
    internal const int Present = 2;

    /// <summary>A worker has begun to take the block.</summary>
    internal const int Removing = 3;
}
