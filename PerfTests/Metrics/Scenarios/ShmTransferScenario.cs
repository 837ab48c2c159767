using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Copying into a segment of the original allocator.</summary>
public class ShmTransferScenario : TransferScenario
{
    /// <inheritdoc/>
    protected override IShmAllocator CreateAllocator() => new SegmentAllocator();
}
