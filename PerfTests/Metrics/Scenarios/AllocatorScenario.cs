using PerfTests.Machine;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Benchmark class of one allocator for one metric, with the facts that differ between allocators.</summary>
/// <param name="Type">Benchmark class.</param>
/// <param name="Kind">Work that the row's time consists of.</param>
public sealed record AllocatorScenario(Type Type, MetricKind Kind)
{
    /// <summary>Resources that one layout copy takes as long as it is set up.</summary>
    public RowNeeds Needs { get; init; } = RowNeeds.None;

    /// <summary>Resources that a sample takes beyond those, and gives back.</summary>
    public RowNeeds SampleNeeds { get; init; } = RowNeeds.None;

    /// <summary>Layout copies that a process loads.</summary>
    public int Copies { get; init; } = MetricRow.UsualCopies;

    /// <summary>Most layout copies of each side where a row is paired.</summary>
    public int MostPairedCopies { get; init; } = MetricRow.UsualCopies;
}
