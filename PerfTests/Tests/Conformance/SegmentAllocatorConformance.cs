using Shm.Core;

namespace PerfTests.Tests.Conformance;

public sealed class SegmentAllocatorConformance() : AllocatorConformance(new SegmentAllocator())
{
    protected override int Operations => 2_000;

    /// <summary>8 threads hold up to 40 blocks of up to 8 KiB each.</summary>
    protected override long StressBytes => 3L << 20;
}
