using System.Reflection;
using System.Xml.Linq;
using BenchmarkDotNet.Attributes;
using FluentAssertions;
using PerfTests.AllocatorComparison;
using PerfTests.AllocatorComparison.Growth;
using PerfTests.AllocatorComparison.Memory;
using PerfTests.Results;
using PerfTests.Statistics;
using Xunit;

namespace PerfTests.Tests.AllocatorComparison;

[Category("AllocatorComparison")]
public sealed class GrowthTableTests
{
    private static readonly GrowthSeries[] s_series =
    [
        GrowthSeries.BlockAddress, GrowthSeries.Attach, GrowthSeries.Recovery, GrowthSeries.Statistics,
        GrowthSeries.Failure, GrowthSeries.ArenaCreation, GrowthSeries.ArenaDisposal,
    ];

    [Theory]
    [InlineData(0.5, "0.500 ns")]
    [InlineData(20, "20.0 ns")]
    [InlineData(1_500, "1.50 µs")]
    [InlineData(120e6, "120 ms")]
    [InlineData(1.2e9, "1.20 s")]
    public void Time_AnyDuration_HasAReadableUnit(double nanoseconds, string text) => GrowthTable.Time(nanoseconds).Should().Be(text);

    [Fact]
    public void Render_OperationAtTwoSizes_DrawsALineWithItsName()
    {
        var svg = XElement.Parse(GrowthChart.Render([], [Row(1_000, 20), Row(100_000, 90)])!);
        svg.Descendants().Where(element => element.Name.LocalName == "polyline").Should().ContainSingle();
        svg.Value.Should().ContainAll("attach", "1,000", "100,000", "10.0 ns", "100 ns");
    }

    [Fact]
    public void Render_ChurnOfTwoBlockSizes_DrawsALinePerSizeAndAllocator()
    {
        var svg = XElement.Parse(GrowthChart.Render([Churn(64, 1_000), Churn(64, 10_000), Churn(4_096, 1_000), Churn(4_096, 10_000)], [])!);
        svg.Descendants().Where(element => element.Name.LocalName == "polyline").Should().HaveCount(4);
        svg.Value.Should().ContainAll(
            "churn of 64 B, arena", "churn of 64 B, mimalloc", "churn of 4 KiB, arena", "churn of 4 KiB, mimalloc");
    }

    [Fact]
    public void Render_SevenLines_DrawsOnlyTheSeventhDashed()
    {
        var operations = Enumerable.Range(0, 7).SelectMany(number => new[]
        {
            Row(1_000, 20) with { Operation = $"operation {number}" },
            Row(10_000, 90 - number) with { Operation = $"operation {number}" },
        });
        var svg = XElement.Parse(GrowthChart.Render([], operations)!);
        svg.Descendants().Where(element => element.Name.LocalName == "polyline")
            .Select(line => line.Attribute("style")!.Value.EndsWith("stroke-dasharray: 6 3", StringComparison.Ordinal))
            .Should().Equal(false, false, false, false, false, false, true);
    }

    [Fact]
    public void Render_OneSizeOnly_DrawsNothing() => GrowthChart.Render([], [Row(1_000, 20)]).Should().BeNull();

    [Fact]
    public void Render_Report_ShowsPictureAndRows() =>
        GrowthTable.Render(Report() with { Growth = [Row(1_000, 20), Row(100_000, 90)] })
            .Should().ContainAll("![Time by live blocks](growth.svg)", "| attach", "100,000 live blocks", "90.0 ns");

    [Fact]
    public void Render_MeasuredMemory_ShowsBytesAndRatio() => MemoryTable.Render(Report() with
    {
        Rows =
        [
            new AllocatorComparisonRow
            {
                Workload = Workload.RandomChurn,
                BlockBytes = 64,
                LiveBlocks = 10_000,
                ArenaNanoseconds = new Quartiles(1, 1, 1),
                Others = [],
                Memory = [new PeakMemory("arena", 10 << 20, 12 << 20)],
            },
        ],
    }).Should().ContainAll("64 B, 10,000 live", "10.0 MiB", "12.0 MiB", "1.20");

    [Fact]
    public void Params_GrowthScenario_IncludeTheSizesOfEveryTheory()
    {
        foreach (var theory in typeof(ArenaGrowthTheories).GetMethods().Where(method => method.IsDefined(typeof(TheoryAttribute))))
        {
            var parameter = theory.GetParameters().Single().Name!;
            var scenarios = s_series.Where(series => series.Parameter.Equals(parameter, StringComparison.OrdinalIgnoreCase)).ToArray();
            scenarios.Should().NotBeEmpty();
            foreach (var series in scenarios)
            {
                theory.GetCustomAttributes<InlineDataAttribute>().Select(data => data.Data[0]).Should().BeSubsetOf(
                    series.Scenario.GetProperty(series.Parameter)!.GetCustomAttribute<ParamsAttribute>()!.Values);
            }
        }
    }

    internal static AllocatorComparisonReport Report() => new()
    {
        Timestamp = DateTimeOffset.UnixEpoch,
        Metadata = new ResultsMetadata { MachineClass = "some-machine" },
        Processes = 3,
        Disturbances = [],
        Missing = [],
        Versions = [],
        Rows = [],
        Growth = [],
        TwoProcesses = [],
        SupplyLock = [],
    };

    private static AllocatorComparisonRow Churn(int blockBytes, int liveBlocks) => new()
    {
        Workload = Workload.RandomChurn,
        BlockBytes = blockBytes,
        LiveBlocks = liveBlocks,
        ArenaNanoseconds = new Quartiles(10, 10, 10),
        Others =
        [
            new NativeAllocatorResult
            {
                Allocator = "mimalloc",
                NativeLoopNanoseconds = new Quartiles(20, 20, 20),
                NativeLoopRatio = new Quartiles(0.5, 0.5, 0.5),
                PInvokeNanoseconds = new Quartiles(30, 30, 30),
                PInvokeRatio = new Quartiles(0.3, 0.3, 0.3),
                Goal = null,
            },
        ],
        Memory = [],
    };

    private static GrowthRow Row(int liveBlocks, double nanoseconds) =>
        new("attach", GrowthSeries.LiveBlocks, liveBlocks, new Quartiles(nanoseconds, nanoseconds, nanoseconds));
}
