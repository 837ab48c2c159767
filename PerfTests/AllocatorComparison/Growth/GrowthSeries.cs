using PerfTests.Machine;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Sampling;
using PerfTests.Statistics;

namespace PerfTests.AllocatorComparison.Growth;

/// <summary>Operation of the arena whose time is measured at several sizes.</summary>
/// <param name="Name">Name in tables, in the picture and in the JSON.</param>
/// <param name="Axis">Quantity that grows.</param>
/// <param name="Scenario">Benchmark class.</param>
/// <param name="Method">Benchmark method.</param>
/// <param name="Parameter">Property of the benchmark class that takes the size.</param>
internal sealed record GrowthSeries(string Name, string Axis, Type Scenario, string Method, string Parameter)
{
    /// <summary>Quantity of the series that the picture shows.</summary>
    public const string LiveBlocks = "live blocks";

    /// <summary>Bytes of metadata that an arena of a GiB reserves at most, for each byte of its capacity.</summary>
    private const double MetadataShare = 0.02;

    /// <summary>Number of samples in each process.</summary>
    private const int Samples = 25;

    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(1);

    /// <summary>Address of a handle, by the number of live blocks.</summary>
    public static GrowthSeries BlockAddress { get; } = OfBlocks<BlockAddressGrowth>(
        "address of a handle", nameof(BlockAddressGrowth.GetAddress));

    /// <summary>Attaching, by the number of live blocks.</summary>
    public static GrowthSeries Attach { get; } = OfBlocks<AttachGrowth>("attach", nameof(AttachGrowth.Attach));

    /// <summary>Recovery of the blocks of an exited member, by their number.</summary>
    public static GrowthSeries Recovery { get; } = OfBlocks<RecoveryGrowth>("recovery", nameof(RecoveryGrowth.Recover));

    /// <summary>Statistics, by the number of live blocks.</summary>
    public static GrowthSeries Statistics { get; } = OfBlocks<StatisticsGrowth>("statistics", nameof(StatisticsGrowth.GetStatistics));

    /// <summary>Allocation that finds no room, by the percentage of the capacity that is in use.</summary>
    public static GrowthSeries Failure { get; } = new(
        "failing allocation",
        "% of the capacity in use",
        typeof(FailureGrowth),
        nameof(FailureGrowth.TryAllocate),
        nameof(FailureGrowth.FullPercent));

    /// <summary>Creation of a reserved arena, by its capacity.</summary>
    public static GrowthSeries ArenaCreation { get; } = OfGibibytes<ReservedArenaCreation>(
        "creating a reserved arena", nameof(ReservedArenaCreation.Create));

    /// <summary>Disposal of a reserved arena, by its capacity.</summary>
    public static GrowthSeries ArenaDisposal { get; } = OfGibibytes<ReservedArenaDisposal>(
        "disposing a reserved arena", nameof(ReservedArenaDisposal.DisposeArena));

    private bool IsOfArenas => Scenario == typeof(ReservedArenaCreation) || Scenario == typeof(ReservedArenaDisposal);

    /// <summary>Gets the number of fresh processes that measure each size. The noise of long operations is small.</summary>
    public int Processes => IsOfArenas ? 1 : 3;

    /// <summary>Returns the resources that a size needs.</summary>
    public RowNeeds Needs(int size) => new()
    {
        SharedMemoryBytes = IsOfArenas ? (long)(((long)size << 30) * (1 + MetadataShare)) : 64L << 20,
    };

    /// <summary>Returns the plan for one process.</summary>
    public MeasurementPlan Plan(int size) => new(
        [
            new SubjectSpecification(
                Name, Scenario.FullName!, Method, new Dictionary<string, int> { [Parameter] = size }, Copies: 1, Work: Name),
        ],
        new SamplingOptions { SamplesPerCopy = Samples, Budget = s_budget });

    /// <summary>Condenses the samples of all processes into a row.</summary>
    public GrowthRow ToRow(int size, IEnumerable<SamplingResult> processes) => new(
        Name,
        Axis,
        size,
        Quartiles.Of(processes.SelectMany(process => process.Subjects).SelectMany(copy => copy.WallNanoseconds)));

    private static GrowthSeries OfBlocks<TScenario>(string name, string method)
        where TScenario : GrowthScenario => new(name, LiveBlocks, typeof(TScenario), method, nameof(GrowthScenario.LiveBlocks));

    private static GrowthSeries OfGibibytes<TScenario>(string name, string method) =>
        new(name, "GiB of capacity", typeof(TScenario), method, nameof(ReservedArenaCreation.Gibibytes));
}
