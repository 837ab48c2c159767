using System.Diagnostics;
using FluentAssertions;
using PerfTests.ChildProcesses;
using PerfTests.KillTest.Workers;
using PerfTests.Tests.Core;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>Tests mapping the pages of an arena in the background.</summary>
[Category("Arena")]
public sealed unsafe class BackgroundPrefaultTests
{
    /// <summary>Capacity whose pages take much longer to map than an arena takes to create.</summary>
    private const long CapacityBytes = 256L << 20;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Create_PrefaultInBackground_MapsDataAndMetadata(bool isReserved)
    {
        Requires.SharedMemory(2 * CapacityBytes);
        using var arena = Create(isReserved);
        ShouldBeDone(arena);
        using var peer = ShmArena.Attach(arena.Name, new ShmArenaAttachOptions { PrefaultInBackground = true, PrefaultThreads = 2 });
        ShouldBeDone(peer);
    }

    [Fact]
    public void Allocate_PrefaultRuns_BlocksKeepTheirContents()
    {
        Requires.SharedMemory(2 * CapacityBytes);
        using var arena = Create(isReserved: true);
        const int blockBytes = 1 << 20;
        var blocks = new List<ShmBlock>();
        while (arena.TryAllocate(blockBytes, out var block))
        {
            new Span<byte>((void*)arena.GetAddress(block), blockBytes).Fill((byte)blocks.Count);
            blocks.Add(block);
        }

        blocks.Should().HaveCount((int)(CapacityBytes / blockBytes));
        ShouldBeDone(arena);
        for (var i = 0; i < blocks.Count; i++)
        {
            new Span<byte>((void*)arena.GetAddress(blocks[i]), blockBytes).IndexOfAnyExcept((byte)i).Should().Be(-1);
        }
    }

    [Fact]
    public void Dispose_PrefaultRunsInATable_LeavesTheSlotUsable()
    {
        Requires.SharedMemory(2 * CapacityBytes);
        using var table = new ArenaTable(ArenaTable.SlotBytesFor(CapacityBytes), 2);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var arena = table.Create(1, Options(isReserved: false));
            var prefault = arena.BackgroundPrefault!;
            arena.Dispose();

            // The mapping may be faster than this thread.
            prefault.State.Should().Be(prefault.MappedByteCount == prefault.ByteCount
                ? BackgroundPrefaultState.Done
                : BackgroundPrefaultState.Stopped);
        }

        using var last = table.Create(1, Options(isReserved: false));
        ShouldBeDone(last);
    }

    /// <summary>A forked process has none of the background threads, so it must not wait for them.</summary>
    [Fact]
    public void Prefault_ProcessForksAndIsKilled_ArenaStaysUsable()
    {
        Requires.SharedMemory(2 * CapacityBytes);
        using var arena = ShmArena.Create(new ShmArenaOptions { CapacityBytes = CapacityBytes });
        var start = TestExecutable.StartInfo(ArenaChild.Verb, PrefaultChild.Task, arena.Name);
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        foreach (var (name, value) in ForkServer.Environment)
        {
            start.Environment[name] = value;
        }

        using var child = Process.Start(start)!;
        var forked = child.StandardOutput.ReadLine();
        child.Kill();
        child.WaitForExit();
        forked.Should().Be("0", "the forked process disposes the segment and exits");
        arena.Recover().ReclaimedBlockCount.Should().Be(1);
        arena.TryAllocate(CapacityBytes, out _).Should().BeTrue();
    }

    private static ShmArenaOptions Options(bool isReserved) =>
        new() { CapacityBytes = CapacityBytes, Reserve = isReserved, PrefaultInBackground = true };

    private static ShmArena Create(bool isReserved) => ShmArena.Create(Options(isReserved));

    private static void ShouldBeDone(ShmArena arena)
    {
        var prefault = arena.BackgroundPrefault!;
        prefault.Wait(s_patience).Should().BeTrue();
        (prefault.State, prefault.Failure).Should().Be((BackgroundPrefaultState.Done, null));
        prefault.MappedByteCount.Should().Be(prefault.ByteCount).And.BeGreaterThan(arena.CapacityBytes);
        Smaps.At(arena.BaseAddress - (nint)new ArenaLayout(CapacityBytes).Data).Resident
            .Should().BeGreaterThanOrEqualTo(prefault.ByteCount);
    }
}
