using PerfTests.Machine;
using PerfTests.Metrics.Scenarios;
using PerfTests.Metrics.Scenarios.Lifecycle;

namespace PerfTests.Metrics;

/// <summary>Metrics of creating, opening, mapping and disposing segments, and of removing stale segments.</summary>
internal static class SegmentLifecycleMetrics
{
    private const string Shm = Allocators.Shm;

    /// <summary>All metrics, in the order of the reports.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        LifecycleRows.Calls<SegmentCreateScenario>(
            "segment_create_time",
            "Creating a segment of 1 MiB under a generated name",
            Shm,
            nameof(SegmentCreateScenario.Create),
            RowNeeds.None,
            Untouched),
        LifecycleRows.Calls<SegmentCreateScenario>(
            "segment_create_named_time",
            "Creating a segment of 1 MiB under a given name",
            Shm,
            nameof(SegmentCreateScenario.CreateNamed),
            RowNeeds.None,
            Untouched),
        LifecycleRows.Calls<BackedSegmentScenario>(
            "segment_create_reserved_time",
            "Creating a segment of 1 MiB whose pages are reserved",
            Shm,
            nameof(BackedSegmentScenario.CreateReserved),
            OneMebibyte,
            Backed),
        LifecycleRows.Calls<BackedSegmentScenario>(
            "segment_create_prefaulted_time",
            "Creating a segment of 1 MiB whose pages are mapped",
            Shm,
            nameof(BackedSegmentScenario.CreatePrefaulted),
            OneMebibyte,
            Backed),
        LifecycleRows.Calls<BackedSegmentScenario>(
            "segment_open_prefaulted_time",
            "Opening a reserved segment of 1 MiB and mapping its pages",
            Shm,
            nameof(BackedSegmentScenario.OpenPrefaulted),
            OneMebibyte,
            ScenarioNeeds.UntouchedSegments(BackedSegmentScenario.SegmentsPerInvoke)),
        LifecycleRows.Calls<SegmentPrefaultScenario>(
            "segment_prefault_time",
            "Mapping the pages of a reserved segment of 1 MiB",
            Shm,
            nameof(SegmentPrefaultScenario.Prefault),
            OneMebibyte,
            ScenarioNeeds.UntouchedSegments(BackedSegmentScenario.SegmentsPerInvoke)),
        Prefault(),
        LifecycleRows.Calls<SegmentDisposeScenario>(
            "segment_dispose_time",
            "Disposing a segment of 1 MiB in the process that created it",
            Shm,
            nameof(SegmentDisposeScenario.DisposeAll),
            RowNeeds.None,
            Untouched),
        LifecycleRows.Calls<SegmentAllocatorScenario>(
            "segment_try_allocate_time",
            "Trying to allocate a block of the original allocator",
            Shm,
            nameof(SegmentAllocatorScenario.TryAllocate),
            RowNeeds.None,
            ScenarioNeeds.UntouchedSegments(2 * SegmentAllocatorScenario.BlocksPerInvoke)),
        LifecycleRows.Calls<SegmentAllocatorScenario>(
            "segment_allocator_dispose_time",
            "Disposing the original allocator: time per block that it has",
            Shm,
            nameof(SegmentAllocatorScenario.DisposeAll),
            RowNeeds.None,
            Untouched),
        LifecycleRows.Calls<StaleSegmentsScenario>(
            "stale_segment_list_time",
            "Listing 100 stale segments: time per segment",
            Shm,
            nameof(StaleSegmentsScenario.List),
            Stale),
        LifecycleRows.Calls<StaleSegmentsScenario>(
            "stale_segment_remove_time",
            "Removing 100 stale segments: time per segment",
            Shm,
            nameof(StaleSegmentsScenario.Remove),
            Stale),
    ];

    private static RowNeeds OneMebibyte => ScenarioNeeds.WrittenSegments(1, BlockSize.OneMebibyte);

    private static RowNeeds Untouched => ScenarioNeeds.UntouchedSegments(SegmentCreateScenario.SegmentsPerInvoke);

    private static RowNeeds Backed => ScenarioNeeds.WrittenSegments(BackedSegmentScenario.SegmentsPerInvoke, BlockSize.OneMebibyte);

    private static RowNeeds Stale =>
        new() { SharedMemoryBytes = StaleSegmentsScenario.SegmentCount * BlockSize.OnePage, OpenFiles = 1 };

    private static Metric Prefault()
    {
        var metric = new Metric(
            "segment_prefault_bandwidth",
            "Mapping all pages of a segment",
            MetricGroup.Lifecycle,
            MetricUnit.GigabytesPerSecond,
            MetricKind.SystemCall);
        foreach (var (mebibytes, reserved) in PrefaultScenario.Cases)
        {
            // All layout copies share a reserved segment. Each copy has its own segment that is not reserved.
            var segment = ScenarioNeeds.WrittenSegments(1, mebibytes * BlockSize.OneMebibyte);
            metric.Row<PrefaultScenario>(
                Shm,
                nameof(PrefaultScenario.Prefault),
                parameters: [new RowParameter("mebibytes", mebibytes), new RowParameter("reserved", reserved)],
                bytesPerOperation: PrefaultScenario.BytesPerOperation(mebibytes),
                copies: 1,
                needs: reserved == 0 ? segment : ScenarioNeeds.UntouchedSegments(1),
                sampleNeeds: reserved == 0 ? RowNeeds.None : segment);
        }

        return metric;
    }
}
