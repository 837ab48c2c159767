using Shm.Core;

namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>
/// Signals between the two processes of a workload. Each signal is written by one process at a time and has two cache lines of
/// its own, because the processor fetches neighbours together.
/// </summary>
/// <param name="segment">Segment of at least <see cref="ByteCount"/> bytes.</param>
internal sealed unsafe class SecondProcessSignals(ShmSegment segment)
{
    /// <summary>Length of the segment, in bytes.</summary>
    public const long ByteCount = 4096;

    /// <summary>Number of units that the second process runs; 0 until the sample starts.</summary>
    public long Units
    {
        get => Volatile.Read(ref At(0));
        set => Volatile.Write(ref At(0), value);
    }

    /// <summary>True after the second process has attached to the arena.</summary>
    public bool IsAttached
    {
        get => Volatile.Read(ref At(128)) != 0;
        set => Volatile.Write(ref At(128), value ? 1 : 0);
    }

    /// <summary>True while the second process spins and waits for <see cref="Units"/>.</summary>
    public bool IsReady
    {
        get => Volatile.Read(ref At(256)) != 0;
        set => Volatile.Write(ref At(256), value ? 1 : 0);
    }

    /// <summary>True after the second process has run all units.</summary>
    public bool IsDone
    {
        get => Volatile.Read(ref At(384)) != 0;
        set => Volatile.Write(ref At(384), value ? 1 : 0);
    }

    private ref long At(int offset) => ref *(long*)(segment.Address + offset);
}
