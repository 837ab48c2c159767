using FluentAssertions;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>
/// Replaces blocks at random in a heap of few slabs that the blocks nearly fill. The heap must take several blocks from a slab before it
/// passes on to another one, because passing on takes much longer than taking a block.
/// </summary>
[Category("Arena")]
public sealed class SmallHeapChurnTests : IDisposable
{
    private const int BlockBytes = 64, BlocksPerSlab = 64;
    private const long SlabBytes = BlockBytes * BlocksPerSlab;

    private readonly ShmArena _arena = SparseArena.Create(4 << 20);
    private readonly ShmHeap _heap;
    private readonly Random _random = new(1);

    public SmallHeapChurnTests() => _heap = _arena.OpenHeap();

    private long ClaimedSlabs => _arena.GetStatistics().ClaimedBytes / SlabBytes;

    public void Dispose() => _arena.Dispose();

    [Theory]
    [InlineData(60)]
    [InlineData(250)]
    [InlineData(400)]
    [InlineData(630)]
    [InlineData(1_000)]
    public void Allocate_BlocksReplacedAtRandom_TakesSeveralBlocksFromEachSlab(int liveBlocks)
    {
        var blocks = Fill(liveBlocks);
        Replace(blocks, 20 * liveBlocks);
        var changes = Replace(blocks, 100 * liveBlocks);
        ((double)(100 * liveBlocks) / changes).Should().BeGreaterThan(5, "this is the number of blocks taken before another slab is used");
    }

    [Theory]
    [InlineData(10)]
    [InlineData(128)]
    [InlineData(250)]
    public void Allocate_BlocksReplacedAtRandom_ClaimsAtMostOneExtraSlab(int liveBlocks)
    {
        var blocks = Fill(liveBlocks);
        var necessary = ClaimedSlabs;
        Replace(blocks, 100 * liveBlocks);
        ClaimedSlabs.Should().BeInRange(necessary, necessary + 1);
    }

    [Fact]
    public void Allocate_MostBlocksFreedAndTheRestReplaced_EmptiesSlabs()
    {
        var blocks = Fill(10 * BlocksPerSlab);
        _random.Shuffle(blocks);
        var live = blocks[..(2 * BlocksPerSlab)];
        foreach (var block in blocks[live.Length..])
        {
            _heap.Free(block);
        }

        Replace(live, 100 * live.Length);
        live.Select(block => block.Offset / SlabBytes).Distinct().Should().HaveCountLessThanOrEqualTo(4);
    }

    private ShmBlock[] Fill(int count) => [.. Enumerable.Range(0, count).Select(_ => _heap.Allocate(BlockBytes))];

    /// <summary>Replaces blocks, and returns how often a block came from another slab than the one before.</summary>
    private int Replace(ShmBlock[] blocks, int count)
    {
        var changes = 0;
        for (long last = -1; count > 0; count--)
        {
            var replaced = _random.Next(blocks.Length);
            _heap.Free(blocks[replaced]);
            blocks[replaced] = _heap.Allocate(BlockBytes);
            var slab = blocks[replaced].Offset / SlabBytes;
            changes += slab != last ? 1 : 0;
            last = slab;
        }

        return changes;
    }
}
