using PerfTests.Machine;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Benchmark class of one allocator for one metric, with the facts that differ between allocators.</summary>
/// <param name="Type">Benchmark class.</param>
/// <param name="Kind">Kind of work whose time the row measures.</param>
public sealed record AllocatorScenario(Type Type, MetricKind Kind)
{
    /// <summary>Resources that one layout copy holds from its setup to its cleanup.</summary>
    public RowNeeds Needs { get; init; } = RowNeeds.None;

    /// <summary>Further resources, which each sample takes and gives back.</summary>
    public RowNeeds SampleNeeds { get; init; } = RowNeeds.None;

    /// <summary>Number of layout copies that a process loads.</summary>
    public int Copies { get; init; } = MetricRow.DefaultCopies;

    /// <summary>Maximum number of layout copies of each side in a paired measurement.</summary>
    public int MaxPairedCopies { get; init; } = MetricRow.DefaultCopies;
}
