using System.Collections.Concurrent;
using FluentAssertions;
using PerfTests.ArenaChecks;
using PerfTests.KillTest.Workers;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>
/// Tests that free blocks can be allocated by any thread, whatever the threads do that own the slabs of these blocks.
/// </summary>
[Category("Arena")]
public sealed class SeizureTests : IDisposable
{
    private const long CapacityBytes = 64 << 20;

    private static readonly long[] s_sizes = [16, 64, 100, 1000, 4096, 10_000, 70_000, 1 << 20];

    private readonly ShmArena _arena = SparseArena.Create(CapacityBytes);

    public void Dispose() => _arena.Dispose();

    /// <summary>An async server: tasks on pool threads allocate, and free each other's blocks, until no block is live.</summary>
    [Fact]
    public async Task Allocate_AfterTasksFreedEachOthersBlocks_HasWholeArena()
    {
        var live = new ConcurrentQueue<ShmBlock>();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(seed => Task.Run(() => ChurnAsync(live, seed))));
        while (live.TryDequeue(out var block))
        {
            _arena.Free(block);
        }

        AllOf(3000).Should().BeGreaterThanOrEqualTo((long)(0.97 * CapacityBytes));
        LargestBlock().Should().Be(CapacityBytes);
    }

    [Fact]
    public unsafe void Violations_SeizingProcessWasKilledBetweenTwoMarks_AreNone()
    {
        using var heap = _arena.OpenHeap();
        var memory = MappedMemory.Of(_arena);
        var part = memory.Find(heap.Allocate(16).Offset, out var slab, out _, out _);
        slab->PartCount.Should().BeGreaterThan(1);
        slab->Owner |= HeapToken.SeizedBit;
        ArenaInvariants.Violations(memory).Should().BeEmpty();
        slab->Owner += 1UL << 32;
        ArenaInvariants.Violations(memory).Should().NotBeEmpty("another heap owns the first part");
        slab->Owner = part[1].Owner;
    }

    [Fact]
    public void Allocate_OwnersSleepAfterFreeingEverything_HasWholeArena()
    {
        using var owners = new SleepingThreads(_arena, count: 4, arena =>
        {
            var blocks = s_sizes.SelectMany(size => Enumerable.Range(0, 200).Select(_ => Try(arena, size))).ToList();
            blocks.ForEach(block => Free(arena, block));
        });

        LargestBlock().Should().Be(CapacityBytes);
        owners.Wake();
    }

    [Fact]
    public void Allocate_OwnersSleepWithOneLiveBlockInEachSlab_HasTheOtherBlocks()
    {
        var kept = new ConcurrentBag<ShmBlock>();
        using var owners = new SleepingThreads(_arena, count: 2, arena =>
        {
            var blocks = Enumerable.Range(0, 4096).Select(_ => Try(arena, 4096)).Where(block => block != default).ToList();
            for (var index = 0; index < blocks.Count; index++)
            {
                if (index % 64 == 0)
                {
                    kept.Add(blocks[index]);
                }
                else
                {
                    arena.Free(blocks[index]);
                }
            }
        });

        AllOf(4096).Should().BeGreaterThanOrEqualTo(CapacityBytes - (kept.Count * 4096L));
        kept.Should().OnlyContain(block => _arena.SizeOf(block) == 4096);
        owners.Wake();
    }

    [Fact]
    public void Allocate_OwnerIsAnotherProcess_HasWholeArena()
    {
        using var peer = ShmArena.Attach(_arena.Name);
        using var owners = new SleepingThreads(peer, count: 2, arena =>
        {
            var blocks = s_sizes.SelectMany(size => Enumerable.Range(0, 100).Select(_ => Try(arena, size))).ToList();
            blocks.ForEach(block => Free(arena, block));
        });

        LargestBlock().Should().Be(CapacityBytes);
        owners.Wake();
    }

    /// <summary>A heap that lost its slabs allocates and frees as before, and frees its live blocks in the lost slabs.</summary>
    [Fact]
    public void Free_BlocksInSeizedSlabs_MakesThemAvailableToTheNewOwner()
    {
        using var former = _arena.OpenHeap();
        var held = Enumerable.Range(0, 640).Select(_ => former.Allocate(4096)).ToList();
        var kept = held.Where((_, index) => index % 64 == 0).ToList();
        held.Except(kept).ToList().ForEach(block => former.Free(block));
        using var thief = _arena.OpenHeap();
        var taken = new List<ShmBlock>();
        while (thief.TryAllocate(4096, out var block))
        {
            taken.Add(block);
        }

        former.TryAllocate(4096, out _).Should().BeFalse();
        kept.ForEach(block => former.Free(block));
        for (var round = 0; round < kept.Count; round++)
        {
            thief.TryAllocate(4096, out var block).Should().BeTrue();
            taken.Add(block);
        }

        taken.Select(block => block.Offset).Should().OnlyHaveUniqueItems();
        taken.ForEach(block => former.Free(block));
        former.TryAllocate(CapacityBytes, out var whole).Should().BeTrue();
        former.Free(whole);
    }

    /// <summary>Threads take slabs from each other all the time, because the arena is always almost full.</summary>
    [Fact]
    public void Allocate_ThreadsSeizeFromEachOther_HandsOutNoBlockTwice()
    {
        using var arena = SparseArena.Create(1 << 20);
        var shared = new ConcurrentQueue<(ShmBlock Block, ulong Stamp)>();
        Parallel.For(0, 4, seed => Contend(arena, shared, seed));
        while (shared.TryDequeue(out var last))
        {
            BlockPattern.Check(arena, last.Block, last.Stamp);
            arena.Free(last.Block);
        }

        arena.UsedBytes.Should().Be(0);
        arena.TryAllocate(arena.CapacityBytes, out _).Should().BeTrue();
    }

    private static void Contend(ShmArena arena, ConcurrentQueue<(ShmBlock Block, ulong Stamp)> shared, int seed)
    {
        var random = new Random(seed);
        var own = new Queue<(ShmBlock Block, ulong Stamp)>();
        using var heap = arena.OpenHeap();
        for (var round = 0; round < Soak.Dose(50_000, 1_000_000); round++)
        {
            var size = s_sizes[random.Next(6)];
            if (heap.TryAllocate(size, out var block))
            {
                var stamp = (ulong)random.NextInt64();
                BlockPattern.Write(arena, block, stamp);
                (random.Next(4) == 0 ? (Action<(ShmBlock, ulong)>)shared.Enqueue : own.Enqueue)((block, stamp));
            }
            else if (own.TryDequeue(out var oldest) || shared.TryDequeue(out oldest))
            {
                BlockPattern.Check(arena, oldest.Block, oldest.Stamp);
                heap.Free(oldest.Block);
            }

            if (random.Next(3) == 0 && shared.TryDequeue(out var other))
            {
                BlockPattern.Check(arena, other.Block, other.Stamp);
                heap.Free(other.Block);
            }
        }

        while (own.TryDequeue(out var left))
        {
            BlockPattern.Check(arena, left.Block, left.Stamp);
            heap.Free(left.Block);
        }
    }

    private async Task ChurnAsync(ConcurrentQueue<ShmBlock> live, int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            if (_arena.TryAllocate(s_sizes[random.Next(7)], out var block))
            {
                live.Enqueue(block);
            }

            if (live.Count > 500 && live.TryDequeue(out var other))
            {
                _arena.Free(other);
            }

            if (round % 50 == 0)
            {
                await Task.Yield();
            }
        }
    }

    /// <summary>Returns the bytes that a new thread can allocate in blocks of a size, and frees them.</summary>
    private long AllOf(long byteCount) => OnNewThread(() =>
    {
        var blocks = new List<ShmBlock>();
        while (_arena.TryAllocate(byteCount, out var block))
        {
            blocks.Add(block);
        }

        blocks.ForEach(block => _arena.Free(block));
        return blocks.Count * byteCount;
    });

    /// <summary>Returns the length of the block that a new thread gets if it asks for the whole arena; 0 if it gets none.</summary>
    private long LargestBlock() => OnNewThread(() =>
    {
        var isAllocated = _arena.TryAllocate(CapacityBytes, out var block);
        if (isAllocated)
        {
            _arena.Free(block);
        }

        return isAllocated ? block.ByteCount : 0;
    });

    private static long OnNewThread(Func<long> function)
    {
        long result = -1;
        var thread = new Thread(() => result = function());
        thread.Start();
        thread.Join();
        return result;
    }

    private static ShmBlock Try(ShmArena arena, long size) => arena.TryAllocate(size, out var block) ? block : default;

    private static void Free(ShmArena arena, ShmBlock block)
    {
        if (block != default)
        {
            arena.Free(block);
        }
    }
}
