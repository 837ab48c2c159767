using FluentAssertions;
using PerfTests.Metrics.Scenarios.Lifecycle;
using Xunit;

namespace PerfTests.Tests.Metrics;

/// <summary>Tests that the scenarios of the lifecycle do the work that their rows name.</summary>
[Category("Metrics")]
public sealed class LifecycleScenarioTests
{
    [Fact]
    public void MakeAndRelease_SlabCycle_LeavesOnlyTheCurrentSlab()
    {
        Requires.SharedMemory(2 << 20);
        using var scenario = new SlabCycleScenario();
        scenario.Setup();
        for (var invocation = 0; invocation < 3; invocation++)
        {
            scenario.MakeAndRelease();
            scenario.Arena.GetStatistics().Classes.Sum(one => one.SlabCount).Should().Be(1);
        }
    }

    [Theory]
    [InlineData(64)]
    [InlineData(10_000)]
    public void Recover_MemberLeftBlocks_FreesAllOfThem(int blocks)
    {
        Requires.SharedMemory(8 << 20);
        using var scenario = new ArenaRecoveryScenario { Blocks = blocks };
        scenario.Setup();
        for (var sample = 0; sample < 3; sample++)
        {
            scenario.Before();
            scenario.Recover().Should().Be(blocks);
        }
    }

    [Fact]
    public void ListAndRemove_StaleSegments_LeaveNoFolder()
    {
        Requires.SharedMemory(2 << 20);
        using var scenario = new StaleSegmentsScenario();
        scenario.Setup();
        scenario.Before();
        scenario.List().Should().Be(StaleSegmentsScenario.SegmentCount);
        scenario.Remove().Should().Be(StaleSegmentsScenario.SegmentCount);
        Directory.GetFiles(scenario.Folder).Should().BeEmpty();
        scenario.Dispose();
        Directory.Exists(scenario.Folder).Should().BeFalse();
    }

    [Fact]
    public void SharedReservation_SecondCopy_UsesTheSegmentOfTheFirst()
    {
        Requires.SharedMemory(2 << 20);
        using var first = new SharedReservation(1 << 20);
        using (var second = new SharedReservation(1 << 20))
        {
            second.Name.Should().Be(first.Name);
        }

        using var third = new SharedReservation(1 << 20);
        third.Name.Should().Be(first.Name, "the first copy still has the segment");
    }
}
