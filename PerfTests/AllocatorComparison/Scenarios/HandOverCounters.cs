using System.Runtime.InteropServices;

namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>
/// Counters of a <see cref="HandOver{TBlock}"/>, 128 bytes apart because processors prefetch cache lines of 64 bytes in
/// pairs.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 512)]
internal struct HandOverCounters
{
    /// <summary>Number of groups published; written by the allocating thread.</summary>
    [FieldOffset(128)]
    public long Produced;

    /// <summary>Number of groups returned; written by the freeing thread.</summary>
    [FieldOffset(256)]
    public long Returned;

    /// <summary>True if either thread has failed.</summary>
    [FieldOffset(384)]
    public bool IsStopped;
}
