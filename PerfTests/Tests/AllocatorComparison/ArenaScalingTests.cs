using FluentAssertions;
using PerfTests.AllocatorComparison;
using PerfTests.AllocatorComparison.Scaling;
using PerfTests.AllocatorComparison.Scenarios;
using PerfTests.Running;
using PerfTests.Statistics;
using Shm.Arena;
using Xunit;

namespace PerfTests.Tests.AllocatorComparison;

[Category("AllocatorComparison")]
public sealed class ArenaScalingTests
{
    [Fact]
    [Trait(LinuxTests.Need, LinuxTests.Linux)]
    public void Join_SecondProcess_HasLeftNoLiveBlockOfItsBatches()
    {
        using var arena = ArenaHeap.CreateArena(ShmArenaOptions.MinCapacityBytes);
        using var second = new SecondProcess(arena.Name, Workload.TwoThreadsBatches, 64);
        for (var sample = 0; sample < 2; sample++)
        {
            second.Wake();
            second.Go(10);
            second.Join();
        }

        arena.GetStatistics().LiveBlockCount.Should().Be(1, "each worker keeps one block");
    }

    [Fact]
    [Trait(LinuxTests.Need, LinuxTests.Linux)]
    public void Measure_SupplyLock_HoldsItForAFractionOfTheTime()
    {
        var row = SupplyLockProcess.Measure(2, TimeSpan.FromMilliseconds(50));
        row.HeldFraction.Should().BeInRange(0, 1);
        row.BlocksPerSecond.Should().BePositive();
    }

    [Theory]
    [InlineData(0.96, true)]
    [InlineData(1.06, false)]
    public void MeetsGoal_Throughputs_MayDifferByFivePercent(double ratio, bool meetsGoal) =>
        Processes(ratio).MeetsGoal.Should().Be(meetsGoal);

    [Fact]
    public void Render_ScalingRows_ShowsBothTables() =>
        ScalingTables.Render(GrowthTableTests.Report() with
        {
            TwoProcesses = [Processes(1.06)],
            SupplyLock = [new SupplyLockRow(8, 0.125, 1_000_000)],
        }).Should().ContainAll("NOT MET", "| 8 ", "12.5", "1,000,000");

    private static TwoProcessesRow Processes(double ratio) =>
        new(64, new Quartiles(9, 10, 11), new Quartiles(9, 10, 11), new Quartiles(ratio, ratio, ratio));
}
