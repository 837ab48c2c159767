using FluentAssertions;
using PerfTests.Metrics.Scenarios;
using PerfTests.Metrics.Scenarios.Blocks;
using PerfTests.Planting;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Tests.Metrics;

/// <summary>Tests the workload whose tail latency is measured.</summary>
[Category("Metrics")]
[Trait(LinuxTests.Need, LinuxTests.Linux)]
public sealed class MixedWorkloadTests
{
    private const long CapacityBytes = 256 << 20;

    [Fact]
    public void Run_OnePass_TimesEachOperation()
    {
        Requires.SharedMemory(Requires.FewPages);
        using var arena = ArenaScenarios.CreateSparse(CapacityBytes);
        using var heap = arena.OpenHeap();
        var workload = new MixedWorkload(heap, seed: 1);
        workload.Run();
        (workload.Allocations.TotalCount + workload.Frees.TotalCount).Should().Be(MixedWorkload.OperationCount);
        arena.LiveBlocks().Should().HaveCount((int)(workload.Allocations.TotalCount - workload.Frees.TotalCount));
    }

    [Fact]
    public void Reset_AfterAPass_FreesAllBlocksAndForgetsDurations()
    {
        Requires.SharedMemory(Requires.FewPages);
        using var arena = ArenaScenarios.CreateSparse(CapacityBytes);
        using var heap = arena.OpenHeap();
        var workload = new MixedWorkload(heap, seed: 1);
        workload.Run();
        workload.Reset();
        arena.LiveBlocks().Should().BeEmpty();
        (workload.Allocations.TotalCount + workload.Frees.TotalCount).Should().Be(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void SamplePercentiles_AfterASample_RiseToTheMaximum(int threads)
    {
        Requires.SharedMemory(Requires.FewPages);
        using var scenario = new TailLatencyScenario { Threads = threads };
        scenario.Setup();
        scenario.Before();
        scenario.Allocate();
        scenario.SamplePercentiles.Should().HaveCount(4).And.BeInAscendingOrder().And.OnlyContain(value => value > 0);
    }

    [Fact]
    public void Run_ExtraLatency_LengthensEachPercentile()
    {
        Requires.SharedMemory(Requires.FewPages);
        using var scenario = new TailLatencyScenario { Threads = 1 };
        scenario.Setup();
        scenario.Before();
        new ExtraLatency(scenario, scenario.Free, percent: 40).Run();
        var slowed = scenario.SamplePercentiles;
        scenario.AddedPercent = 0;
        slowed.Should().Equal(scenario.SamplePercentiles.Select(value => value * 1.4), (first, second) => Math.Abs(first - second) < 1e-6);
    }
}
