using FluentAssertions;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

[Category("Arena")]
public sealed class OutOfMemoryTests
{
    private const long Mebibyte = 1 << 20;

    [Fact]
    public void Allocate_NoRoom_MessageNamesFreeBytesAndLongestRun()
    {
        using var arena = SparseArena.Create(64 * Mebibyte);
        ShmBlock[] blocks = [.. Enumerable.Range(0, 21).Select(_ => arena.Allocate(3 * Mebibyte))];
        arena.Free(blocks[3]);
        arena.Free(blocks[8]);
        arena.Free(blocks[9]);

        var failure = FluentActions.Invoking(() => arena.Allocate((6 * Mebibyte) + 1)).Should().Throw<ShmException>().Which;
        failure.IsOutOfMemory.Should().BeTrue();
        failure.Message.Should().Be(
            $"allocate({arena.Name}) failed: no room for 6291457 bytes (10485760 of 67108864 bytes are free in 3 pieces, "
            + "the longest has 6291456 bytes; another 0 bytes are in free blocks of other sizes or other heaps). "
            + "Free some blocks, or create the allocator with more capacity.");
        FluentActions.Invoking(() => arena.AllocateAligned((4 * Mebibyte) + 1, ShmArena.MaxAlignment))
            .Should().NotThrow("the longest free piece has room for this request");
        FluentActions.Invoking(() => arena.AllocateAligned((4 * Mebibyte) + 1, 4096)).Should().Throw<ShmException>();
        arena.GetStatistics().FailureCount.Should().Be(2);
    }

    [Fact]
    public void Allocate_OnlyBlocksOfAnotherSizeFree_MessageCountsTheirBytes()
    {
        using var arena = SparseArena.Create(Mebibyte);
        var blocks = new List<ShmBlock>();
        while (arena.TryAllocate(1024, out var block))
        {
            blocks.Add(block);
        }

        blocks.Should().HaveCount(1024);
        for (var index = 0; index < blocks.Count; index += 2)
        {
            arena.Free(blocks[index]);
        }

        FluentActions.Invoking(() => arena.Allocate(2048)).Should().Throw<ShmException>()
            .WithMessage("*(0 of 1048576 bytes are free in 0 pieces, the longest has 0 bytes; another 524288 bytes are in free blocks*");
        arena.TryAllocate(1024, out _).Should().BeTrue();
    }

    [Fact]
    public void Allocate_InvalidSizeOrAlignment_ThrowsArgumentOutOfRange()
    {
        using var arena = SparseArena.Create(Mebibyte);
        using var heap = arena.OpenHeap();
        foreach (var alignment in new[] { 0, -1, 3, 4095, 4 * Mebibyte, long.MinValue })
        {
            FluentActions.Invoking(() => arena.AllocateAligned(100, alignment)).Should().Throw<ArgumentOutOfRangeException>();
            FluentActions.Invoking(() => heap.TryAllocateAligned(100, alignment, out _)).Should().Throw<ArgumentOutOfRangeException>();
        }

        foreach (var byteCount in new[] { 0, -1, long.MinValue })
        {
            FluentActions.Invoking(() => arena.AllocateAligned(byteCount, 64)).Should().Throw<ArgumentOutOfRangeException>();
            FluentActions.Invoking(() => heap.Allocate(byteCount)).Should().Throw<ArgumentOutOfRangeException>();
        }

        arena.TryAllocate(long.MaxValue, out _).Should().BeFalse();
        heap.TryAllocateAligned(long.MaxValue, 4096, out _).Should().BeFalse();
        arena.GetStatistics().FailureCount.Should().Be(2);
    }
}
