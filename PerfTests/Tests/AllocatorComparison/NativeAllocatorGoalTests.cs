using System.Reflection;
using BenchmarkDotNet.Attributes;
using FluentAssertions;
using PerfTests.AllocatorComparison;
using PerfTests.AllocatorComparison.Scenarios;
using Xunit;

namespace PerfTests.Tests.AllocatorComparison;

/// <summary>Tests the goals of the arena: the largest allowed ratio of its time to the time of another allocator.</summary>
[Category("AllocatorComparison")]
public sealed class NativeAllocatorGoalTests
{
    private static readonly NativeAllocator s_glibc = NativeAllocator.All.Single(allocator => allocator.Name == "glibc");

    [Theory]
    [InlineData(nameof(Workload.Pairs), 64, 1.0)]
    [InlineData(nameof(Workload.Pairs), 4096, 1.0)]
    [InlineData(nameof(Workload.RandomBatches), 2097152, 1.0)]
    [InlineData(nameof(Workload.TwoThreadsPairs), 4096, 1 / 1.5)]
    [InlineData(nameof(Workload.TwoThreadsBatches), 65536, 1 / 1.5)]
    [InlineData(nameof(Workload.RandomBatches), 64, 1.2)]
    [InlineData(nameof(Workload.TwoThreadsPairs), 64, 1.0)]
    [InlineData(nameof(Workload.TwoThreadsBatches), 64, 1.2)]
    [InlineData(nameof(Workload.RemoteFrees), 64, 0.5)]
    [InlineData(nameof(Workload.Larson), 1000, 1.0)]
    [InlineData(nameof(Workload.CacheScratch), 8, 1.2)]
    [InlineData(nameof(Workload.LogUniformSizes), 2097152, 1.0)]
    [InlineData(nameof(Workload.TraceReplay), 1048576, 1.0)]
    [InlineData(nameof(Workload.RandomChurn), 64, 1.2)]
    [InlineData(nameof(Workload.RandomChurn), 4096, 0.5)]
    public void Goal_Mimalloc_DependsOnWorkloadAndBlockSize(string workload, int blockBytes, double atMost) =>
        NativeAllocatorGoal.Of(Enum.Parse<Workload>(workload), blockBytes, NativeAllocator.Mimalloc)!.AtMostRatio.Should().Be(atMost);

    [Fact]
    public void Goal_RandomChurnOfSmallBlocks_IsIdeallyHalfOfMimalloc() =>
        NativeAllocatorGoal.Of(Workload.RandomChurn, 64, NativeAllocator.Mimalloc)!.StretchRatio.Should().Be(0.5);

    [Fact]
    public void Goal_Jemalloc_IsItsTimeForSmallBlocksThatAnotherThreadFrees()
    {
        NativeAllocatorGoal.Of(Workload.RemoteFrees, 64, NativeAllocator.Jemalloc)!.AtMostRatio.Should().Be(1);
        NativeAllocatorGoal.Of(Workload.RemoteFrees, 4096, NativeAllocator.Jemalloc).Should().BeNull();
    }

    [Fact]
    public void Goal_BoostInterprocess_IsOneTwelfthOfItsTimeForOneThreadOnly()
    {
        NativeAllocatorGoal.Of(Workload.Pairs, 64, NativeAllocator.Boost)!.AtMostRatio.Should().BeApproximately(0.0833, 1e-4);
        NativeAllocatorGoal.Of(Workload.RemoteFrees, 64, NativeAllocator.Boost).Should().BeNull();
    }

    [Fact]
    public void Goal_Glibc_IsNull() => NativeAllocatorGoal.Of(Workload.Pairs, 4096, s_glibc).Should().BeNull();

    /// <summary>
    /// A plan passes the allocator and the workload to other processes as numbers. BenchmarkDotNet must accept each number.
    /// </summary>
    [Fact]
    public void Params_ComparisonScenario_IncludeEveryAllocatorAndWorkload()
    {
        Parameters(nameof(AllocatorComparisonScenario.Allocator)).Should().BeEquivalentTo(
            [AllocatorUnderTest.ArenaOfTwoProcesses, AllocatorUnderTest.Arena, .. Enumerable.Range(0, NativeAllocator.All.Count)]);
        Parameters(nameof(AllocatorComparisonScenario.Workload)).Should()
            .BeEquivalentTo(Enum.GetValues<Workload>().Select(workload => (int)workload));
    }

    [Fact]
    public void Params_ComparisonScenario_IncludeTheSizesOfEveryTheory()
    {
        Type[] theories = [typeof(AllocatorComparisonTheories), typeof(ArenaScalingTheories)];
        theories.SelectMany(theory => SizesOf("blockBytes", theory))
            .Should().NotBeEmpty().And.BeSubsetOf(Parameters(nameof(AllocatorComparisonScenario.BlockBytes)));
        SizesOf("liveBlocks", typeof(AllocatorComparisonTheories))
            .Should().NotBeEmpty().And.BeSubsetOf(Parameters(nameof(AllocatorComparisonScenario.LiveBlocks)));
    }

    private static IEnumerable<int> SizesOf(string parameter, Type theories) =>
        from theory in theories.GetMethods()
        from declared in theory.GetParameters()
        where declared.Name == parameter
        from data in theory.GetCustomAttributes<InlineDataAttribute>()
        select (int)data.Data[declared.Position]!;

    private static IEnumerable<int> Parameters(string property) =>
        typeof(AllocatorComparisonScenario).GetProperty(property)!.GetCustomAttribute<ParamsAttribute>()!.Values.Cast<int>();
}
