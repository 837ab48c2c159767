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
    [InlineData(nameof(Workload.Pairs), 64, 1.2)]
    [InlineData(nameof(Workload.Pairs), 4096, 1.0)]
    [InlineData(nameof(Workload.RandomBatches), 2097152, 1.0)]
    [InlineData(nameof(Workload.TwoThreadsPairs), 4096, 1 / 1.5)]
    [InlineData(nameof(Workload.TwoThreadsBatches), 65536, 1 / 1.5)]
    [InlineData(nameof(Workload.RemoteFrees), 64, 0.5)]
    public void Goal_Mimalloc_DependsOnWorkloadAndBlockSize(string workload, int blockBytes, double atMost) =>
        NativeAllocatorGoal.Of(Enum.Parse<Workload>(workload), blockBytes, NativeAllocator.Mimalloc)!.AtMostRatio.Should().Be(atMost);

    [Fact]
    public void Goal_TwoThreadsWithSmallestBlocks_IsNull() =>
        NativeAllocatorGoal.Of(Workload.TwoThreadsPairs, 64, NativeAllocator.Mimalloc).Should().BeNull();

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
        Parameters(nameof(AllocatorComparisonScenario.Allocator)).Should()
            .BeEquivalentTo(Enumerable.Range(0, NativeAllocator.All.Count).Prepend(AllocatorUnderTest.Arena));
        Parameters(nameof(AllocatorComparisonScenario.Workload)).Should()
            .BeEquivalentTo(Enum.GetValues<Workload>().Select(workload => (int)workload));
    }

    private static IEnumerable<int> Parameters(string property) =>
        typeof(AllocatorComparisonScenario).GetProperty(property)!.GetCustomAttribute<ParamsAttribute>()!.Values.Cast<int>();
}
