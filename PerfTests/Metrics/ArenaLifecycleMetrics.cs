using PerfTests.Machine;
using PerfTests.Metrics.Scenarios;
using PerfTests.Metrics.Scenarios.Lifecycle;
using Shm.Arena;

namespace PerfTests.Metrics;

/// <summary>Metrics of creating, attaching, recovering and disposing heaps, slabs, arenas and arena tables.</summary>
internal static class ArenaLifecycleMetrics
{
    private const string Arena = Allocators.Arena;

    /// <summary>All metrics, in the order of the reports.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        LifecycleRows.Computing<HeapCycleScenario>(
            "heap_cycle_time", "Opening and disposing a heap", Arena, nameof(HeapCycleScenario.OpenAndDispose), SmallArena),
        LifecycleRows.Calls<NewHeapsScenario>(
            "heap_open_time", "Opening a heap in a heap slot that was never used", Arena, nameof(NewHeapsScenario.Open), NewArena),
        LifecycleRows.Calls<FirstAllocationScenario>(
            "heap_first_allocation_time",
            "First allocation of a new heap, which makes a slab",
            Arena,
            nameof(FirstAllocationScenario.Allocate),
            NewArena),
        LifecycleRows.Computing<SlabCycleScenario>(
            "slab_cycle_time",
            "Making and releasing a slab: allocating and freeing its 16 blocks of 4 KiB",
            Arena,
            nameof(SlabCycleScenario.MakeAndRelease),
            SmallArena),
        WithFlag<ArenaCreateScenario>(
            "arena_create_time",
            "Creating an arena of 4 MiB",
            nameof(ArenaCreateScenario.Create),
            "reserved",
            RowNeeds.None,
            ArenaLifecycleScenario.NeedsOfSample),
        FirstWrite(),
        WithFlag<ArenaDisposeScenario>(
            "arena_dispose_time",
            "Disposing an arena of 4 MiB in the process that created it",
            nameof(ArenaDisposeScenario.DisposeAll),
            "reserved",
            RowNeeds.None,
            ArenaLifecycleScenario.NeedsOfSample),
        WithFlag<ArenaAttachScenario>(
            "arena_attach_time",
            "Attaching to a reserved arena of 4 MiB",
            nameof(ArenaAttachScenario.Attach),
            "prefault",
            ReservedArena,
            ArenaAttachScenario.NeedsOfAttachments),
        WithFlag<ArenaDetachScenario>(
            "arena_detach_time",
            "Detaching from a reserved arena of 4 MiB",
            nameof(ArenaDetachScenario.Detach),
            "prefault",
            ReservedArena,
            ArenaAttachScenario.NeedsOfAttachments),
        Recovery(),
        LifecycleRows.Calls<IdleRecoveryScenario>(
            "arena_recovery_idle_time",
            "Recovering an arena in which no member has exited",
            Arena,
            nameof(IdleRecoveryScenario.Recover),
            SmallArena.Plus(ArenaAttachScenario.NeedsOfAttachments)),
        LifecycleRows.Calls<ArenaTableCycleScenario>(
            "arena_table_cycle_time",
            "Creating and disposing an arena table of 100 slots",
            Arena,
            nameof(ArenaTableCycleScenario.CreateAndDispose),
            SmallArena),
        LifecycleRows.Calls<ArenaTableDisposeScenario>(
            "arena_table_dispose_time",
            "Disposing an empty arena table of 100 slots",
            Arena,
            nameof(ArenaTableDisposeScenario.DisposeAll),
            SmallArena),
        LifecycleRows.Calls<ArenaTableFillScenario>(
            "arena_table_create_time",
            "Creating a sparse arena of 1 MiB in a slot of an arena table",
            Arena,
            nameof(ArenaTableFillScenario.Create),
            RowNeeds.None,
            ArenasInTable),
        LifecycleRows.Calls<ArenaTableFillScenario>(
            "arena_table_attach_time",
            "Attaching to an arena in a slot of an arena table",
            Arena,
            nameof(ArenaTableFillScenario.Attach),
            ArenasInTable,
            ArenasInTable),
        OfTable(
            "arena_table_lookup_time", "Finding an address in an arena table of 100 arenas", nameof(ArenaTableLookupScenario.ResolveMany)),
        OfTable(
            "arena_table_item_time", "Getting an arena from its slot in a table of 100 arenas", nameof(ArenaTableLookupScenario.GetItem)),
    ];

    private static Metric OfTable(string id, string title, string benchmark) =>
        new Metric(id, title, MetricGroup.AddressTranslation, MetricUnit.Nanoseconds, MetricKind.Computing)
            .Row<ArenaTableLookupScenario>(
                Arena,
                benchmark,
                parameters: [new RowParameter("arenas", 100)],
                isUnqualified: true,
                needs: ScenarioNeeds.EmptyArenas(100));

    private static RowNeeds SmallArena => ScenarioNeeds.SparseArena(ShmArenaOptions.MinCapacityBytes);

    private static RowNeeds NewArena => ScenarioNeeds.SparseArena(NewHeapsScenario.CapacityBytes);

    private static RowNeeds ReservedArena => ScenarioNeeds.ReservedArena(ArenaLifecycleScenario.CapacityBytes);

    private static RowNeeds ArenasInTable => ScenarioNeeds.EmptyArenas(ArenaTableFillScenario.ArenasPerInvoke);

    /// <summary>Resources of a sample that creates an arena and writes to it, while all its pages may be mapped.</summary>
    internal static RowNeeds NeedsOfFirstWrite =>
        ScenarioNeeds.SparseArena(FirstWriteScenario.CapacityBytes, FirstWriteScenario.CapacityBytes);

    private static Metric FirstWrite()
    {
        var metric = new Metric(
            "arena_first_write_time",
            "Creating a sparse arena of 64 MiB and writing to its first block",
            MetricGroup.Lifecycle,
            MetricUnit.Nanoseconds,
            MetricKind.SystemCall);
        foreach (var background in new[] { 0, 1 })
        {
            metric.Row<FirstWriteScenario>(
                Arena,
                nameof(FirstWriteScenario.Write),
                parameters: [new RowParameter("background", background)],
                copies: LifecycleRows.FewCopies,
                isUnqualified: background == 0,
                kind: background == 0 ? MetricKind.SystemCall : MetricKind.Concurrent,
                sampleNeeds: NeedsOfFirstWrite with { Cores = 1 + background });
        }

        return metric;
    }

    private static Metric WithFlag<TScenario>(
        string id, string title, string benchmark, string flag, RowNeeds needs, RowNeeds sampleNeeds)
    {
        var metric = new Metric(id, title, MetricGroup.Lifecycle, MetricUnit.Nanoseconds, MetricKind.SystemCall);
        foreach (var value in new[] { 0, 1 })
        {
            metric.Row<TScenario>(
                Arena,
                benchmark,
                parameters: [new RowParameter(flag, value)],
                copies: LifecycleRows.FewCopies,
                isUnqualified: value == 0,
                needs: needs,
                sampleNeeds: sampleNeeds);
        }

        return metric;
    }

    private static Metric Recovery()
    {
        var metric = new Metric(
            "arena_recovery_time",
            "Recovering the blocks of an exited member: time per block",
            MetricGroup.Lifecycle,
            MetricUnit.Nanoseconds,
            MetricKind.Computing);
        foreach (var blocks in ArenaRecoveryScenario.BlockCounts)
        {
            metric.Row<ArenaRecoveryScenario>(
                Arena,
                nameof(ArenaRecoveryScenario.Recover),
                parameters: [new RowParameter("blocks", blocks)],
                copies: LifecycleRows.FewCopies,
                isUnqualified: blocks == ArenaRecoveryScenario.BlockCounts[0],

                // With few blocks, most of the time is that of the system calls that look for exited members.
                kind: blocks < 1_000 ? MetricKind.SystemCall : MetricKind.Computing,
                needs: ScenarioNeeds.SparseArena(ArenaRecoveryScenario.CapacityBytes),
                sampleNeeds: ArenaAttachScenario.NeedsOfAttachments);
        }

        return metric;
    }
}
