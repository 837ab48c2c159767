using PerfTests.Metrics.Scenarios;
using PerfTests.Metrics.Scenarios.Lifecycle;

namespace PerfTests.Metrics;

/// <summary>
/// Metrics of all operations that are not about single blocks: the lifecycle of heaps, arenas and segments, the segments of peer
/// processes, and copying between memory and segments.
/// </summary>
internal static class LifecycleMetrics
{
    /// <summary>All metrics, in the order of the reports.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        .. ArenaLifecycleMetrics.All,
        .. SegmentLifecycleMetrics.All,
        .. PeerMetrics.All,
        Catalogue.SizedTransfer("transfer_read_bandwidth", "Copying out of shared memory", nameof(SizedTransferScenario.Read)),
        SmallTransfer("transfer_copy_time", "Copying 64 bytes to an address", nameof(SmallTransferScenario.Copy)),
        SmallTransfer("transfer_segment_write_time", "Copying 64 bytes into a segment", nameof(SmallTransferScenario.WriteToSegment)),
        SmallTransfer("transfer_segment_read_time", "Copying 64 bytes out of a segment", nameof(SmallTransferScenario.ReadFromSegment)),
        SmallTransfer("transfer_block_write_time", "Copying 64 bytes into a block", nameof(SmallTransferScenario.WriteToBlock)),
        SmallTransfer("transfer_block_read_time", "Copying 64 bytes out of a block", nameof(SmallTransferScenario.ReadFromBlock)),
        SmallTransfer("segment_view_time", "Making two views of a segment", nameof(SmallTransferScenario.View)),
    ];

    private static Metric SmallTransfer(string id, string title, string benchmark) =>
        LifecycleRows.Computing<SmallTransferScenario>(
            id,
            title,
            Allocators.Shm,
            benchmark,
            ScenarioNeeds.WrittenSegments(2, BlockSize.OnePage),
            MetricGroup.Transfer);
}
