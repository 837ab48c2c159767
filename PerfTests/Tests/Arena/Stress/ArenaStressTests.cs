using System.Diagnostics;
using FluentAssertions;
using PerfTests.ArenaChecks;
using PerfTests.ChildProcesses;
using Shm.Arena;
using Xunit;

namespace PerfTests.Tests.Arena.Stress;

[Category("Arena"), Category(Soak.Category)]
public sealed class ArenaStressTests
{
    /// <summary>Capacity of the arena. It is so small that threads sometimes find no room and slabs change their owner.</summary>
    private const long CapacityBytes = 48L << 20;

    /// <summary>Shared memory of the arena, its metadata and the board, in bytes.</summary>
    private const long TouchedBytes = CapacityBytes + (8L << 20);

    /// <summary>Capacity of an arena in which every allocation finds room. The test touches only its metadata.</summary>
    private const long LargeCapacityBytes = 1L << 30;

    private static readonly int s_operations = Soak.Dose(60_000, 400_000);
    private readonly int _seed = Environment.TickCount;

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(32)]
    public void AllocateAndFree_ManyThreads_NoByteIsSharedOrLost(int threadCount)
    {
        Requires.SharedMemory(TouchedBytes);
        using var arena = SparseArena.Create(CapacityBytes);
        using var board = StressBoard.Create(CapacityBytes);
        StressTeam.Run(arena, board, threadCount, s_operations / threadCount, _seed, () => MustBeEmpty(arena, board))
            .Should().BeEmpty("seed {0}", _seed);
    }

    /// <summary>
    /// The arena is so large that no allocation looks for free blocks of other heaps. If a heap overlooked blocks that other
    /// threads freed, its slabs would grow beyond the bound.
    /// </summary>
    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void Free_BlocksOfOtherThreads_ClaimedBytesStayWithinTheBound(int threadCount)
    {
        Requires.ArenaMetadata(LargeCapacityBytes, threadCount * 2_000L);
        using var arena = ShmArena.Create(new ShmArenaOptions { CapacityBytes = LargeCapacityBytes, Reserve = false });
        var tally = new StressTally([500, 3_000], threadCount);
        new StressExchange(arena, tally, threadCount, _seed).Run(Soak.Dose(100, 1_000));
        var maxBytes = arena.GetStatistics().MostClaimedBytes;
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"slabs had {maxBytes} bytes at most, live blocks {tally.MaxLiveBytes()}; the bound is {tally.MostClaimedBytes(arena)}");
        maxBytes.Should().BeLessThanOrEqualTo(tally.MostClaimedBytes(arena), "seed {0}", _seed);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void AllocateAndFree_ManyProcesses_NoByteIsSharedOrLost(int processCount)
    {
        const int threadsEach = 2;
        Requires.SharedMemory(TouchedBytes);
        using var arena = SparseArena.Create(CapacityBytes);
        using var board = StressBoard.Create(CapacityBytes);
        Process[] children = [.. Enumerable.Range(0, processCount).Select(index => Start(
            StressChild.Arguments(arena, board, threadsEach, s_operations / processCount / threadsEach, _seed + (index * 1000))))];
        StressTeam.Run(arena, board, threadsEach, s_operations / 10, _seed - 1).Should().BeEmpty("seed {0}", _seed);
        foreach (var child in children)
        {
            var line = child.StandardOutput.ReadLine();
            line.Should().Be(StressChild.Done, "{0} (seed {1})", line is null ? child.StandardError.ReadToEnd() : "", _seed);
        }

        // The children wait for the end of their input. They have not released their slabs.
        MustBeEmpty(arena, board);
        foreach (var child in children)
        {
            child.StandardInput.Close();
            child.WaitForExit();
            child.ExitCode.Should().Be(0);
            child.Dispose();
        }

        // The children held no block when they exited, and their slabs are released.
        arena.Recover().ReclaimedBlockCount.Should().Be(0);
        arena.Free(arena.Allocate(CapacityBytes));
    }

    private static Process Start(string[] arguments)
    {
        var start = TestExecutable.StartInfo(arguments);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        return Process.Start(start)!;
    }

    private void MustBeEmpty(ShmArena arena, StressBoard board)
    {
        new StressWorkload(arena, board, 999, 0).Drain();
        arena.UsedBytes.Should().Be(0);
        arena.LiveBlocks().Should().BeEmpty();
        board.IsClear.Should().BeTrue();
        FreeMemory.FindMissingFromWhole(arena).Should().BeNull("no block is live (seed {0})", _seed);
    }
}
