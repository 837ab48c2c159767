using FluentAssertions;
using PerfTests.Tests.Core;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>Tests that a reserved arena can be used in full although the file system became full after its creation.</summary>
[Category("Arena")]
public sealed class ReservedArenaTests : IDisposable
{
    private const long CapacityBytes = 16 << 20;
    private const int HeapCount = 4, ThreadCount = 16;

    private readonly MountedFileSystem _small = MountedFileSystem.MountOrSkip("tmpfs", "size=32m");

    public void Dispose() => _small.Dispose();

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(5 << 20)]
    [InlineData(CapacityBytes)]
    public void TryAllocate_AnySizeFrom1KiBOnFullFileSystem_FillsTheArenaAsElsewhere(long capacityBytes)
    {
        Requires.SharedMemory(2 * capacityBytes);
        for (var index = SizeClasses.IndexOf(1024); index <= SizeClasses.Count; index++)
        {
            var byteCount = index == SizeClasses.Count ? 2_500_000 : SizeClasses.BlockBytes(index);
            var (crowded, uncrowded) = (0, 0);
            OnFullFileSystem(arena => crowded = FillByHeaps(arena, byteCount), capacityBytes: capacityBytes);
            Elsewhere(arena => uncrowded = FillByHeaps(arena, byteCount), capacityBytes);
            crowded.Should().BeGreaterThanOrEqualTo(uncrowded, $"{byteCount} bytes");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TryAllocate_MixedSizesOnFullFileSystem_SucceedsWheneverItDoesElsewhere(int seed)
    {
        Requires.SharedMemory(2 * CapacityBytes);
        List<bool> crowded = [], uncrowded = [];
        OnFullFileSystem(arena => crowded = Mix(arena, seed));
        Elsewhere(arena => uncrowded = Mix(arena, seed));
        crowded.Should().Equal(uncrowded);
        uncrowded.Should().Contain(false, "the arena was full at times");
    }

    [Fact]
    public void Allocate_ManyThreadsOnFullFileSystem_EachThreadGetsABlock() =>
        OnFullFileSystem(arena =>
        {
            using var everyThreadHasAHeap = new Barrier(ThreadCount);
            Thread[] threads = [.. Enumerable.Range(0, ThreadCount).Select(_ => new Thread(() =>
            {
                arena.TryAllocate(1024, out var _);
                everyThreadHasAHeap.SignalAndWait();
            }))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
            arena.GetStatistics().LiveBlockCount.Should().Be(ThreadCount);
        });

    [Theory]
    [InlineData(512, 0.66)]
    [InlineData(64, 0.08)]
    [InlineData(16, 0.02)]
    public void TryAllocate_SmallBlocksOnFullFileSystem_FillTheDocumentedShare(long byteCount, double share) =>
        OnFullFileSystem(
            arena => (FillByHeaps(arena, byteCount) * byteCount).Should().BeGreaterThanOrEqualTo((long)(share * CapacityBytes)));

    [Fact]
    public void TryAllocate_ReservedBlockBytes64OnFullFileSystem_FillsTheArena() =>
        OnFullFileSystem(
            arena => (FillByHeaps(arena, 64) * 64L).Should().BeGreaterThanOrEqualTo(CapacityBytes - (HeapCount * 64 << 10)),
            blockBytes: 64);

    [Fact]
    public void Allocate_MetadataExhaustedOnFullFileSystem_MessageNamesTheOption() =>
        OnFullFileSystem(arena =>
        {
            FillByHeaps(arena, 16);
            FluentActions.Invoking(() => arena.Allocate(16)).Should().Throw<ShmException>().WithMessage(
                "allocate(*) failed: no room for 16 bytes (the arena's metadata needs another page, and the file system is full; "
                + "* of 16777216 bytes of capacity are free). Free memory in the file system, or create the arena with a "
                + "smaller ReservedBlockBytes*")
                .Which.IsOutOfMemory.Should().BeTrue();

            // Metadata that becomes free serves blocks of any size.
            arena.TryAllocate(2_000_000, out _).Should().BeFalse();
            arena.LiveBlocks().ToList().ForEach(found => arena.Free(found.Block));
            arena.TryAllocate(2_000_000, out _).Should().BeTrue();
        });

    private void OnFullFileSystem(Action<ShmArena> action, int blockBytes = 1024, long capacityBytes = CapacityBytes)
    {
        using var arena = ShmArena.Create(
            new ShmArenaOptions { CapacityBytes = capacityBytes, Directory = _small.Path, ReservedBlockBytes = blockBytes });
        using var filler = new Filler(_small.Path);
        action(arena);
        File.Delete(Path.Combine(_small.Path, "filler"));
    }

    private static void Elsewhere(Action<ShmArena> action, long capacityBytes = CapacityBytes)
    {
        using var arena = ShmArena.Create(capacityBytes);
        action(arena);
    }

    /// <summary>Allocates blocks of one size, by several heaps in turn, until every heap finds no room.</summary>
    private static int FillByHeaps(ShmArena arena, long byteCount)
    {
        var heaps = Enumerable.Range(0, HeapCount).Select(_ => arena.OpenHeap()).ToList();
        var count = 0;
        while (heaps.Count > 0)
        {
            foreach (var heap in heaps.ToArray())
            {
                if (heap.TryAllocate(byteCount, out _))
                {
                    count++;
                }
                else
                {
                    heap.Dispose();
                    heaps.Remove(heap);
                }
            }
        }

        return count;
    }

    /// <summary>Allocates and frees blocks at random, and returns which allocations succeeded.</summary>
    private static List<bool> Mix(ShmArena arena, int seed)
    {
        var random = new Random(seed);
        var succeeded = new List<bool>();
        var blocks = new List<ShmBlock>();
        for (var round = 0; round < 20_000; round++)
        {
            // The arena fills up, is half emptied, and fills up again with other sizes.
            if (round % 4_000 > 2_500 && blocks.Count > 0)
            {
                var index = random.Next(blocks.Count);
                arena.Free(blocks[index]);
                blocks.RemoveAt(index);
                continue;
            }

            var isRoom = arena.TryAllocate(1024L << random.Next(random.Next(10) == 0 ? 8 : 2) | (long)random.Next(1024), out var block);
            succeeded.Add(isRoom);
            if (isRoom)
            {
                blocks.Add(block);
            }
        }

        return succeeded;
    }
}
