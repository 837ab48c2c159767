using Shm.Core;

namespace PerfTests.Tests.Conformance;

public sealed class SegmentAllocatorConformance() : AllocatorConformance(new SegmentAllocator())
{
    protected override int Operations => 2_000;
}
