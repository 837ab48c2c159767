using PerfTests.Machine;
using PerfTests.Metrics.Scenarios;
using PerfTests.Metrics.Scenarios.Lifecycle;

namespace PerfTests.Metrics;

/// <summary>Speed-ups of mapping pages before they are accessed.</summary>
internal static class PrefaultSpeedUps
{
    /// <summary>All speed-ups, in the order of the reports.</summary>
    public static IReadOnlyList<SpeedUp> All { get; } =
    [
        OfProcessors(
            "parallel_prefault",
            "Mapping 64 MiB of new pages: speed of all processors relative to one thread",
            nameof(ParallelPrefaultScenario.InOneThread),
            mebibytes: 64),
        OfProcessors(
            "prefault_64mib_against_map_populate",
            "Mapping 64 MiB of new pages: speed of all processors relative to mmap with MAP_POPULATE",
            nameof(ParallelPrefaultScenario.ByMapPopulate),
            mebibytes: 64),
        OfProcessors(
            "prefault_1gib_against_map_populate",
            "Mapping 1 GiB of new pages: speed of all processors relative to mmap with MAP_POPULATE",
            nameof(ParallelPrefaultScenario.ByMapPopulate),
            mebibytes: 1_024),

        // Mapping 64 MiB takes some 10 ms, and creating an arena 0.2 ms. The bound is low, because page faults of the two threads
        // wait for each other.
        new(
            "first_write_with_background_prefault",
            "First write to a new arena of 64 MiB: speed with prefaulting in the background relative to prefaulting at creation",
            MetricGroup.Lifecycle,
            FirstWrite("first_write_after_prefault", nameof(FirstWriteScenario.WriteAfterPrefault), isInBackground: 0),
            FirstWrite("first_write_while_prefaulting", nameof(FirstWriteScenario.Write), isInBackground: 1),
            AtLeast: 2),
    ];

    /// <summary>
    /// Returns a speed-up of mapping pages by all processors. The goal is 1.7 with two processors that do nothing else. The bound is
    /// lower, because other programs use the processors too.
    /// </summary>
    private static SpeedUp OfProcessors(string name, string title, string slowBenchmark, int mebibytes)
    {
        return new SpeedUp(
            name,
            title,
            MetricGroup.Lifecycle,
            Side("prefault_in_one_thread", slowBenchmark),
            Side("prefault_by_all_processors", nameof(ParallelPrefaultScenario.ByAllProcessors)),
            AtLeast: 1.1)
        {
            // On a machine whose processors share one core, two threads map hardly more than one.
            AllowsNoise = true,
            WhyOutOfReach = ParallelMapping.WhyNotParallel,
        };

        MetricRow Side(string id, string benchmark) =>
            SpeedUps.Hidden<ParallelPrefaultScenario>(id, Allocators.Shm, benchmark, MetricKind.SystemCall) with
            {
                Parameters = [new RowParameter("mebibytes", mebibytes)],
                NeedsOfSample = ScenarioNeeds.WrittenSegments(1, mebibytes * BlockSize.OneMebibyte) with { Cores = 2 },
                Copies = 1,
            };
    }

    private static MetricRow FirstWrite(string id, string benchmark, int isInBackground) =>
        SpeedUps.Hidden<FirstWriteScenario>(id, Allocators.Arena, benchmark, MetricKind.SystemCall) with
        {
            Parameters = [new RowParameter("background", isInBackground)],
            NeedsOfSample = ArenaLifecycleMetrics.NeedsOfFirstWrite with { Cores = 2 },
            Copies = 1,
        };
}
