using System.Runtime.InteropServices;

namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>The counters of a <see cref="HandOver{TBlock}"/>, 128 bytes apart: processors fetch cache lines of 64 bytes in pairs.</summary>
[StructLayout(LayoutKind.Explicit, Size = 512)]
internal struct HandOverCounters
{
    /// <summary>Groups handed over; written by the thread that allocates.</summary>
    [FieldOffset(128)]
    public long Produced;

    /// <summary>Groups returned; written by the thread that frees.</summary>
    [FieldOffset(256)]
    public long Returned;

    /// <summary>True once either thread has failed.</summary>
    [FieldOffset(384)]
    public bool IsStopped;
}
