using FluentAssertions;
using PerfTests.ArenaChecks;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>Tests threads that are interrupted while they wait for the supply lock.</summary>
[Category("Arena")]
public sealed unsafe class InterruptTests
{
    [Fact]
    public void Free_LargeBlockByInterruptedThread_PagesAreReusedAfterRecovery()
    {
        using var arena = SparseArena.Create(8 << 20);
        var block = arena.Allocate(4 << 20);
        using var raw = ShmSegment.Open(arena.Name, 1);
        var header = raw.Address;
        ((ArenaHeader*)header)->TryTakeSupplyLock(arena.Member.Token).Should().BeTrue();
        Exception? failure = null;
        var isInterrupted = false;
        var thread = new Thread(() =>
        {
            Thread.CurrentThread.Interrupt();
            failure = Record.Exception(() => arena.Free(block));
            isInterrupted = Record.Exception(() => Thread.Sleep(1)) is ThreadInterruptedException;
        });
        thread.Start();
        thread.Join();
        ((ArenaHeader*)header)->ReleaseSupplyLock(arena.Member.Token);
        failure.Should().BeNull("the block is free, and the caller cannot free it again");
        isInterrupted.Should().BeTrue("the next wait of the thread throws instead");
        arena.Recover();
        arena.TryAllocate(arena.CapacityBytes, out _).Should().BeTrue();
    }

    /// <summary>A flag that stays set without a hint would hide the blocks that other threads free later.</summary>
    [Fact]
    public void Free_LastBlockOfASlabByInterruptedThread_KeepsSlabAndClearsRemoteFreeFlag()
    {
        const int byteCount = 16, slabCount = 40, blocksPerSlab = (int)ArenaLayout.PageBytes / byteCount;
        using var arena = SparseArena.Create(1 << 20);
        using var heap = arena.OpenHeap();
        ShmBlock[] blocks = [.. Enumerable.Range(0, slabCount * blocksPerSlab).Select(_ => heap.Allocate(byteCount))];

        // The heap keeps the first slabs that become empty, up to its share, and has to release the last one.
        Array.ForEach(blocks[..^1], block => heap.Free(block));
        var memory = MappedMemory.Of(arena);
        var part = memory.Find(blocks[^1].Offset, out _, out _, out _);
        part->PartIndex.Should().Be(3);
        part[-1].SetRemoteFreeFlag();
        memory.Header->TryTakeSupplyLock(arena.Member.Token).Should().BeTrue();
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            Thread.CurrentThread.Interrupt();
            failure = Record.Exception(() => heap.Free(blocks[^1]));
        });
        thread.Start();
        thread.Join();
        memory.Header->ReleaseSupplyLock(arena.Member.Token);
        failure.Should().BeNull();
        part[-3].State.Should().Be(SlabState.Slab, "the slab could not be released");
        part[-1].HasRemoteFreeFlag.Should().BeFalse();
    }
}
