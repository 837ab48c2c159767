using FluentAssertions;
using PerfTests.AllocatorComparison;
using PerfTests.Results;
using PerfTests.Statistics;
using Xunit;

namespace PerfTests.Tests.AllocatorComparison;

[Category("AllocatorComparison")]
public sealed class AllocatorComparisonTableTests
{
    [Theory]
    [InlineData(0.5, 0.4, 0.6, "met")]
    [InlineData(0.9, 0.8, 1.1, "met (upper quartile: not met)")]
    [InlineData(1.1, 0.9, 1.2, "NOT MET (lower quartile: met)")]
    [InlineData(1.3, 1.2, 1.4, "NOT MET")]
    public void Rows_AllocatorWithGoal_ComparesMedianOfNativeLoopWithGoal(double median, double lower, double upper, string met) =>
        LastCell(Other(new Quartiles(lower, median, upper))).Should().Be(met);

    [Fact]
    public void Rows_AllocatorWithoutNativeLoop_ShowsUnknownForItsGoal() => LastCell(Other(null)).Should().Be("unknown: no native loop");

    [Fact]
    public void Rows_AllocatorWithoutGoal_ShowsADash() => LastCell(Other(new Quartiles(1, 1, 1)) with { Goal = null }).Should().Be("-");

    [Fact]
    public void Rows_OneAllocator_ShowsTimesRatiosAndGoal() =>
        AllocatorComparisonTable.Rows([Row(Other(new Quartiles(0.4, 0.5, 0.6)))])
            .Split('\n')[2].Split('|', StringSplitOptions.TrimEntries)[1..^1]
            .Should().Equal(
                "64 KiB",
                "5.00 ns",
                "mimalloc",
                "10.0 ns",
                "0.500 (0.400 to 0.600)",
                "12.0 ns",
                "0.420 (0.410 to 0.430)",
                "at most 1.00",
                "met");

    [Fact]
    public void Render_MissingAllocatorAndDisturbance_NamesBoth() =>
        AllocatorComparisonTable.Render(Report([Row(Other(null))])).Should().ContainAll(
            "- mimalloc 2.1.2",
            "- jemalloc: not installed",
            "- a neighbour is busy",
            "## Each block is freed immediately",
            "in 3 fresh processes");

    [Fact]
    public void Title_EveryWorkload_IsUnique() =>
        Enum.GetValues<Workload>().Select(AllocatorComparisonTable.Title).Should().OnlyHaveUniqueItems();

    [Fact]
    public void Rows_NoOtherAllocator_ShowsTheArena() => AllocatorComparisonTable.Rows([Row(Other(null)) with { Others = [] }])
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Should().MatchRegex(@"^\| 64 KiB\s+\| [0-9.]+ ns\s+\| -\s+\|.*\| -\s+\|$");

    private static string LastCell(NativeAllocatorResult other) =>
        AllocatorComparisonTable.Rows([Row(other)]).TrimEnd('\n').Split('|', StringSplitOptions.TrimEntries)[^2];

    private static AllocatorComparisonRow Row(NativeAllocatorResult other) => new()
    {
        Workload = Workload.Pairs,
        BlockBytes = 65536,
        ArenaNanoseconds = new Quartiles(4, 5, 6),
        Others = [other],
    };

    private static NativeAllocatorResult Other(Quartiles? ratio) => new()
    {
        Allocator = "mimalloc",
        NativeLoopNanoseconds = ratio is null ? null : new Quartiles(9, 10, 11),
        NativeLoopRatio = ratio,
        PInvokeNanoseconds = new Quartiles(11, 12, 13),
        PInvokeRatio = new Quartiles(0.41, 0.42, 0.43),
        Goal = new NativeAllocatorGoal(1),
    };

    private static AllocatorComparisonReport Report(IReadOnlyList<AllocatorComparisonRow> rows) => new()
    {
        Timestamp = DateTimeOffset.UnixEpoch,
        Metadata = new ResultsMetadata { MachineClass = "some-machine" },
        Processes = 3,
        Disturbances = ["a neighbour is busy"],
        Missing = ["jemalloc: not installed; apt-get install libjemalloc2"],
        Versions = ["mimalloc 2.1.2"],
        Rows = rows,
        Growth = [],
        TwoProcesses = [],
        SupplyLock = [],
    };
}
