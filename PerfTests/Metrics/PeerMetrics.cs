using PerfTests.Machine;
using PerfTests.Metrics.Scenarios.Lifecycle;

namespace PerfTests.Metrics;

/// <summary>Metrics of describing segments for peer processes, and of finding addresses in the segments of a peer.</summary>
internal static class PeerMetrics
{
    private const string Shm = Allocators.Shm;

    /// <summary>All metrics, in the order of the reports.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        PeerCalls<PeerAnnounceScenario>(
            "peer_announce_time", "Announcing one of 64 segments of a peer", nameof(PeerAnnounceScenario.Announce)),
        PeerCalls<PeerMapScenario>(
            "peer_first_lookup_time", "Finding the first address in a peer's segment, which maps it", nameof(PeerMapScenario.Resolve)),
        LifecycleRows.Computing<PeerLookupScenario>(
            "peer_lookup_time",
            "Finding an address in 100 mapped segments of a peer",
            Shm,
            nameof(PeerLookupScenario.Resolve),
            PeerLookupScenario.Needs),
        PeerCalls<PeerForgetScenario>(
            "peer_forget_time", "Forgetting one of 64 mapped segments of a peer", nameof(PeerForgetScenario.Forget)),
        PeerCalls<PeerForgetScenario>(
            "peer_forget_freed_time",
            "Looking for freed ones among 64 segments of a peer: time per segment",
            nameof(PeerForgetScenario.ForgetFreed)),
        PeerCalls<PeerUnmapScenario>(
            "peer_unmap_time", "Unmapping a forgotten segment of a peer", nameof(PeerUnmapScenario.UnmapForgotten)),
        PeerCalls<PeerForgetScenario>(
            "peer_dispose_time", "Unmapping all segments of a peer: time per segment", nameof(PeerForgetScenario.DisposeAll)),
        LifecycleRows.Calls<SegmentAllocatorScenario>(
            "segment_describe_time",
            "Describing a new block of the original allocator",
            Shm,
            nameof(SegmentAllocatorScenario.Describe),
            RowNeeds.None,
            ScenarioNeeds.UntouchedSegments(SegmentAllocatorScenario.BlocksPerInvoke)),
        LifecycleRows.Computing<SegmentTableScenario>(
            "segment_describe_all_time",
            "Describing 100 blocks of the original allocator: time per block",
            Shm,
            nameof(SegmentTableScenario.DescribeAll),
            Described),
        LifecycleRows.Computing<SegmentTableScenario>(
            "segment_address_time",
            "Getting the address of one of 100 blocks of the original allocator",
            Shm,
            nameof(SegmentTableScenario.GetAddress),
            Described),
        LifecycleRows.Computing<SegmentTextScenario>(
            "segment_name_time",
            "Generating, validating and parsing the name of a segment",
            Shm,
            nameof(SegmentTextScenario.Name),
            RowNeeds.None),
        LifecycleRows.Computing<SegmentTextScenario>(
            "segment_descriptor_time",
            "Serialising and reading a segment's descriptor",
            Shm,
            nameof(SegmentTextScenario.Serialise),
            RowNeeds.None),
    ];

    private static RowNeeds Described => ScenarioNeeds.UntouchedSegments(SegmentTableScenario.BlockCount);

    private static Metric PeerCalls<TScenario>(string id, string title, string benchmark) =>
        LifecycleRows.Calls<TScenario>(id, title, Shm, benchmark, PeerScenario.Needs, group: MetricGroup.AddressTranslation);
}
