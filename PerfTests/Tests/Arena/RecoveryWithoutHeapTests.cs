using FluentAssertions;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>Tests recovery and attachment while no heap can be opened.</summary>
[Category("Arena")]
public sealed class RecoveryWithoutHeapTests : IDisposable
{
    private const int BlockCount = 100, BlockBytes = 1_000;

    private readonly ShmArena _arena;
    private readonly List<ShmHeap> _heaps = [];

    public RecoveryWithoutHeapTests()
    {
        Requires.SharedMemory(8 << 20);
        _arena = SparseArena.Create(4 << 20);
    }

    public void Dispose() => _arena.Dispose();

    [Fact]
    public void Recover_AllHeapsOpen_FreesBlocksAndLeavesSlabsToTheNextRecovery()
    {
        LeaveBlocksOfAnExitedProcess();
        OpenAllHeaps();
        var first = _arena.Recover();
        (first.AdoptedSlabCount, first.ReclaimedBlockCount).Should().Be((0, BlockCount));
        _arena.UsedBytes.Should().Be(0);
        _arena.IsRecoveryDue().Should().BeTrue("the slabs of the exited process have no owner yet");

        _heaps[0].Dispose();
        _arena.Recover().AdoptedSlabCount.Should().BePositive();
        _arena.IsRecoveryDue().Should().BeFalse();
        _arena.TryAllocate(_arena.CapacityBytes, out _).Should().BeTrue();
    }

    [Fact]
    public void Allocate_RecoveredWithoutHeap_AdoptsTheSlabsThatWereLeft()
    {
        LeaveBlocksOfAnExitedProcess();
        OpenAllHeaps();
        _arena.Recover();
        _heaps[0].TryAllocate(_arena.CapacityBytes, out _).Should().BeTrue();
    }

    [Fact]
    public void Attach_AllHeapsOpen_FreesBlocksOfTheExitedProcess()
    {
        LeaveBlocksOfAnExitedProcess();
        OpenAllHeaps();
        using var peer = ShmArena.Attach(_arena.Name);
        peer.UsedBytes.Should().Be(0);
        FluentActions.Invoking(() => peer.Allocate(1)).Should().Throw<ShmException>().WithMessage("*4096 heaps are open already*");
    }

    private void LeaveBlocksOfAnExitedProcess()
    {
        using var peer = ShmArena.Attach(_arena.Name);
        for (var count = 0; count < BlockCount; count++)
        {
            peer.Allocate(BlockBytes);
        }
    }

    private void OpenAllHeaps()
    {
        while (_heaps.Count < ArenaLayout.HeapCount)
        {
            _heaps.Add(_arena.OpenHeap());
        }
    }
}
