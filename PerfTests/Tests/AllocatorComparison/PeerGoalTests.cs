using System.Reflection;
using BenchmarkDotNet.Attributes;
using FluentAssertions;
using PerfTests.AllocatorComparison;
using PerfTests.AllocatorComparison.Scenarios;
using Xunit;

namespace PerfTests.Tests.AllocatorComparison;

[Category("Peers of the arena")]
public sealed class PeerGoalTests
{
    private static readonly PeerAllocator s_glibc = PeerAllocator.All.Single(peer => peer.Name == "glibc");

    [Theory]
    [InlineData(nameof(Workload.Pairs), 64, 1.2)]
    [InlineData(nameof(Workload.Pairs), 4096, 1.0)]
    [InlineData(nameof(Workload.RandomBatches), 2097152, 1.0)]
    [InlineData(nameof(Workload.TwoThreadsPairs), 4096, 1 / 1.5)]
    [InlineData(nameof(Workload.TwoThreadsBatches), 65536, 1 / 1.5)]
    [InlineData(nameof(Workload.RemoteFrees), 64, 0.5)]
    public void BesideMimalloc(string workload, int blockBytes, double atMost) =>
        PeerGoal.Of(Enum.Parse<Workload>(workload), blockBytes, PeerAllocator.Mimalloc)!.AtMostRatio.Should().Be(atMost);

    [Fact]
    public void TwoThreadsHaveNoGoalForTheSmallestBlocks() => PeerGoal.Of(Workload.TwoThreadsPairs, 64, PeerAllocator.Mimalloc).Should().BeNull();

    [Fact]
    public void BesideBoostInOneThreadATwelfth()
    {
        PeerGoal.Of(Workload.Pairs, 64, PeerAllocator.Boost)!.AtMostRatio.Should().BeApproximately(0.0833, 1e-4);
        PeerGoal.Of(Workload.RemoteFrees, 64, PeerAllocator.Boost).Should().BeNull();
    }

    [Fact]
    public void BesideOthersNone() => PeerGoal.Of(Workload.Pairs, 4096, s_glibc).Should().BeNull();

    /// <summary>Plans go to other processes as numbers; BenchmarkDotNet must know each of them.</summary>
    [Fact]
    public void TheScenarioTakesEveryPeerAndEveryWorkload()
    {
        Parameters(nameof(PeerScenario.Peer)).Should().BeEquivalentTo(Enumerable.Range(0, PeerAllocator.All.Count).Prepend(Contestant.Arena));
        Parameters(nameof(PeerScenario.Workload)).Should().BeEquivalentTo(Enum.GetValues<Workload>().Select(workload => (int)workload));
    }

    private static IEnumerable<int> Parameters(string property) =>
        typeof(PeerScenario).GetProperty(property)!.GetCustomAttribute<ParamsAttribute>()!.Values.Cast<int>();
}
