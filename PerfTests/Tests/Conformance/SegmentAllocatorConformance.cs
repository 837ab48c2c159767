using PerfTests.Metrics;

namespace PerfTests.Tests.Conformance;

public sealed class SegmentAllocatorConformance() : AllocatorConformance(Allocators.Shm)
{
    protected override int Operations => 2_000;

    /// <summary>Room for 8 threads that hold up to 40 blocks of up to 8 KiB each.</summary>
    protected override long StressBytes => 3L << 20;
}
