using FluentAssertions;
using PerfTests.SelfTest.Coverage;
using Xunit;

namespace PerfTests.Tests.SelfTest.Coverage;

/// <summary>Tests which operations must be guarded by a row.</summary>
[Category("SelfTest")]
public sealed class PublicOperationsTests
{
    [Theory]
    [InlineData("ShmArena.Allocate(Int64)")]
    [InlineData("ShmArena.LiveBlocks()")]
    [InlineData("ShmArena.new(", false)]
    [InlineData("ShmHeap.TryAllocate(Int64, ShmBlock)")]
    [InlineData("ShmTransfer.Read(ShmSegment, Span<Byte>, Int64)")]
    [InlineData("SegmentAllocator.new()", false)]
    [InlineData("ArenaStatistics.get_CapacityBytes()", false)]
    [InlineData("ShmException.new(String)", false)]
    [InlineData("ShmArena.get_Name()", false)]
    [InlineData("ShmArena.get_Member()")]
    public void Guarded_PublicOperation_IsListedUnlessExempt(string name, bool isGuarded = true) =>
        PublicOperations.Guarded.Any(operation => operation.Name == name).Should().Be(isGuarded);

    [Fact]
    public void All_Operations_HaveDifferentNames() =>
        PublicOperations.All.Select(operation => operation.Operation.Name).Should().OnlyHaveUniqueItems();

    [Fact]
    public void All_Iterator_CodeIsTheMethodThatComputesAnElement()
    {
        var iterator = PublicOperations.All.Single(operation => operation.Operation.Name == "ShmArena.LiveBlocks()").Operation;
        typeof(Shm.Arena.ShmArena).Module.ResolveMethod(iterator.Token)!.Name.Should().Be("MoveNext");
    }

    [Fact]
    public void ExemptOperations_EachEntry_ExemptsAnOperation() =>
        ExemptOperations.Reasons.Should().BeSubsetOf(PublicOperations.All.Select(operation => operation.Exemption));
}
