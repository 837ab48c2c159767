using FluentAssertions;
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
}
