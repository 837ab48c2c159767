using FluentAssertions;
using PerfTests.AllocatorComparison;
using PerfTests.AllocatorComparison.Scenarios;
using PerfTests.Metrics.Traces;
using Xunit;

namespace PerfTests.Tests.AllocatorComparison;

[Category("AllocatorComparison")]
public sealed class ReplacementScriptTests
{
    [Theory]
    [InlineData(nameof(Workload.Larson), 1000, 0, 1_000)]
    [InlineData(nameof(Workload.LogUniformSizes), 2097152, 0, 256)]
    [InlineData(nameof(Workload.TraceReplay), 1048576, 0, 64)]
    [InlineData(nameof(Workload.RandomChurn), 64, 100_000, 100_000)]
    public void Of_WorkloadThatKeepsBlocks_StepsStayWithinSlotsAndSizes(string workload, int blockBytes, int liveBlocks, int slots)
    {
        var script = Script(workload, blockBytes, liveBlocks);
        script.InitialBytes.Should().HaveCount(slots).And.OnlyContain(bytes => bytes >= 16 && bytes <= blockBytes);
        script.Steps.Should().OnlyContain(step => step.Slot < slots && step.ByteCount >= 16 && step.ByteCount <= blockBytes);
        (script.Steps.Length % script.StepsPerUnit).Should().Be(0);
        script.Steps.Should().Equal(Script(workload, blockBytes, liveBlocks).Steps);
    }

    [Fact]
    public void Of_RandomChurn_StepsReachMostBlocks() =>
        Script(nameof(Workload.RandomChurn), 64, 100_000).Steps.DistinctBy(step => step.Slot).Count().Should().BeGreaterThan(50_000);

    [Fact]
    public void Of_LogUniformSizes_EachPowerOfTwoHasTheSameShare() =>
        Script(nameof(Workload.LogUniformSizes), 2097152, 0).Steps.CountBy(step => (int)Math.Log2(step.ByteCount))
            .Should().HaveCount(17).And.OnlyContain(share => share.Value > 65_536 / 17 * 0.9 && share.Value < 65_536 / 17 * 1.1);

    [Fact]
    public void OfTrace_PromptThatEndsWithinABlock_MakesItsLastBlockSmaller()
    {
        var script = ReplacementScript.OfTrace([new TraceRequest(0, 512 + 100, 1, [0, 1])], 1 << 20);
        script.InitialBytes.Should().BeEquivalentTo([1 << 20, 100 * 2048]);
        script.PeakBytes().Should().Be((1 << 20) + (100 * 2048));
    }

    [Fact]
    public void OfTrace_MoreBlocksThanResident_ReplacesEachMissingBlock()
    {
        var request = new TraceRequest(0, 512 * 100, 1, [.. Enumerable.Range(0, 100)]);
        ReplacementScript.OfTrace([request], 1 << 20).Steps.Should().HaveCount(100);
    }

    [Fact]
    public void PeakBytes_StepsThatShrinkABlock_IsTheLargestSum()
    {
        var script = ReplacementScript.OfTrace(
            [new TraceRequest(0, 100, 1, [0]), .. Enumerable.Range(1, 64).Select(id => new TraceRequest(id, 512, 1, [id]))], 1 << 20);
        script.PeakBytes().Should().Be(64L << 20);
    }

    [Theory]
    [InlineData(nameof(Workload.Pairs))]
    [InlineData(nameof(Workload.CacheScratch))]
    public void Of_WorkloadWithoutLiveBlocks_IsNull(string workload) =>
        ReplacementScript.Of(Enum.Parse<Workload>(workload), 64, 0).Should().BeNull();

    private static ReplacementScript Script(string workload, int blockBytes, int liveBlocks) =>
        ReplacementScript.Of(Enum.Parse<Workload>(workload), blockBytes, liveBlocks)!;
}
