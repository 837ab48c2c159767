using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Tests.Arena;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Conformance;

public sealed class ArenaConformance() : AllocatorConformance(Allocators.Arena)
{
    private const long FilledBytes = 64L << 20;

    private static readonly long s_capacityBytes = Allocators.Find(Allocators.Arena)!.CapacityBytes;

    protected override int Operations => 100_000;

    /// <summary>Size of the whole arena with its metadata, in bytes.</summary>
    protected override long StressBytes => s_capacityBytes + (1L << 20);

    protected override void RequireMemory() => Requires.ArenaMetadata(s_capacityBytes, blockCount: 100);

    [Fact]
    public void Allocate_OutOfMemory_ArenaStaysUsable()
    {
        using var arena = SparseArena.Create(1 << 20);
        arena.TryAllocate((1 << 20) + 1, out var none).Should().BeFalse();
        none.Should().Be(default(ShmBlock));
        FluentActions.Invoking(() => arena.Allocate(long.MaxValue)).Should().Throw<ShmException>()
            .Which.IsOutOfMemory.Should().BeTrue();
        arena.Free(arena.Allocate(1 << 20));
    }

    [Theory]
    [InlineData(64, 1 << 20)]
    [InlineData(5_000, 65_536)]
    [InlineData(1 << 20, 100)]
    [InlineData(3 << 20, 4_096)]
    [InlineData(65_536, 60 << 20)]
    public void Allocate_ArenaWasFullOfBlocksOfAnotherSize_FillsTheArena(long first, long second)
    {
        Requires.ArenaMetadata(FilledBytes, FilledBytes / Math.Min(first, second));
        using var arena = SparseArena.Create(FilledBytes);
        for (var round = 0; round < 2; round++)
        {
            Fill(arena, first).Should().BeGreaterThan((long)(0.85 * arena.CapacityBytes));
            Fill(arena, second).Should().BeGreaterThan((long)(0.85 * arena.CapacityBytes));
        }
    }

    [Fact]
    public void Allocate_SparseArenaOf16GiB_Holds16384BlocksOf1MiB()
    {
        using var arena = SparseArena.Create(16L << 30);
        Fill(arena, 1 << 20).Should().Be(16L << 30);
    }

    [Fact]
    public void Create_CapacityOutOfRange_Throws()
    {
        using var largest = SparseArena.Create(ShmArenaOptions.MaxCapacityBytes);
        largest.GetAddress(largest.Allocate(ShmArenaOptions.MaxCapacityBytes)).Should().Be(largest.BaseAddress);
        foreach (var refused in new[] { 0, -1, ShmArenaOptions.MinCapacityBytes - 1, ShmArenaOptions.MaxCapacityBytes + 1 })
        {
            FluentActions.Invoking(() => ShmArena.Create(refused)).Should().Throw<ArgumentOutOfRangeException>();
        }
    }

    [Fact]
    public void UsedBytes_AllBlocksFreed_IsZero()
    {
        Requires.SharedMemory(2 << 20);
        using var arena = ShmArena.Create(1 << 20);
        var block = arena.Allocate(100);
        arena.UsedBytes.Should().Be(104);
        arena.Free(block);
        arena.UsedBytes.Should().Be(0);
    }

    [Fact]
    public void Free_ByAnotherThread_BlocksAreReused()
    {
        using var arena = SparseArena.Create(1 << 20);
        using var handedOver = new System.Collections.Concurrent.BlockingCollection<ShmBlock>(64);
        var consumer = new Thread(() =>
        {
            foreach (var block in handedOver.GetConsumingEnumerable())
            {
                arena.Free(block);
            }
        });
        consumer.Start();
        for (var count = 0; count < 50_000; count++)
        {
            handedOver.Add(arena.Allocate(4096), TestContext.Current.CancellationToken);
        }

        handedOver.CompleteAdding();
        consumer.Join();
        arena.UsedBytes.Should().Be(0);
    }

    [Fact]
    public void AllocateAndFree_AnySize_AllocatesNoManagedMemory()
    {
        using var arena = SparseArena.Create(1 << 20);
        arena.Free(arena.Allocate(4096));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var count = 0; count < 1000; count++)
        {
            arena.Free(arena.Allocate(1 + (count * 37)));
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    /// <summary>Allocates blocks of one size until the arena is full, then frees them.</summary>
    /// <returns>Number of bytes in use when the arena was full.</returns>
    private static long Fill(ShmArena arena, long byteCount)
    {
        var blocks = new List<ShmBlock>();
        while (arena.TryAllocate(byteCount, out var block))
        {
            blocks.Add(block);
        }

        var usedBytes = arena.UsedBytes;
        blocks.ForEach(block => arena.Free(block));
        return usedBytes;
    }
}
