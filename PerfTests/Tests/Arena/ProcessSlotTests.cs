using FluentAssertions;
using PerfTests.ArenaChecks;
using PerfTests.Tests.Arena.Invariants;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>Tests the process slots: their tokens, and the identity by which an exited process is recognized.</summary>
[Category("Arena")]
public sealed unsafe class ProcessSlotTests : IDisposable
{
    private const uint LastIncarnation = (1 << 21) - 1, SlotMask = 1023;

    private readonly ShmArena _arena = SparseArena.Create(4 << 20);
    private readonly ProcessSlot* _slots;

    public ProcessSlotTests() => _slots = MappedMemory.Of(_arena).Processes;

    public void Dispose() => _arena.Dispose();

    [Fact]
    [Invariant("A process slot that has no token left is never taken again.")]
    public void Attach_LastIncarnationOfSlotUsed_TakesAnotherSlot()
    {
        _slots[1].Incarnation = LastIncarnation - 1;
        var last = ShmArena.Attach(_arena.Name);
        last.Member.Token.Should().Be(1 | (LastIncarnation << 10));
        last.Allocate(100);
        last.Dispose();

        using var next = ShmArena.Attach(_arena.Name);
        (next.Member.Token & SlotMask).Should().Be(2, "slot 1 has no token left");
        next.UsedBytes.Should().Be(0, "the blocks of a slot's last process are recovered as any others");
        _slots[1].Token.Should().Be(0);
    }

    [Fact]
    public void Attach_AllSlotsUsedUp_ThrowsAndNamesTheLimit()
    {
        for (var slot = 1; slot < ArenaLayout.ProcessCount; slot++)
        {
            _slots[slot].Incarnation = LastIncarnation;
        }

        FluentActions.Invoking(() => ShmArena.Attach(_arena.Name)).Should().Throw<ShmException>()
            .WithMessage("*1 processes are attached, and the other 1023 process slots are used up*2097151 attachments*Recreate*");
    }

    [Fact]
    public void Recover_IdOfAttachedProcessBelongsToAnotherProcess_FreesItsBlocks()
    {
        using var peer = AttachWithBlock();
        _slots[1].StartTicks++;
        _arena.Recover().ReclaimedBlockCount.Should().Be(1);
        _arena.UsedBytes.Should().Be(0);
        FluentActions.Invoking(() => _arena.HandOver(_arena.Allocate(1), peer.Member)).Should().Throw<ShmException>();
    }

    [Fact]
    public void Recover_NoProcessHasTheIdOfAttachedProcess_FreesItsBlocks()
    {
        using var peer = AttachWithBlock();
        _slots[1].ProcessId = int.MaxValue;
        _arena.Recover().ReclaimedBlockCount.Should().Be(1);
    }

    [Theory]
    [InlineData("pid namespace")]
    [InlineData("time namespace")]
    [InlineData("start time unknown")]
    [InlineData("namespace unknown")]
    [InlineData("incarnation")]
    public void Recover_IdentityOfAttachedProcessIsNotComparable_KeepsItsBlocks(string what)
    {
        using var peer = AttachWithBlock();
        _slots[1].StartTicks++;
        switch (what)
        {
            case "pid namespace":
                _slots[1].PidNamespace++;
                break;
            case "time namespace":
                _slots[1].TimeNamespace++;
                break;
            case "start time unknown":
                _slots[1].StartTicks = 0;
                break;
            case "namespace unknown":
                _slots[1].PidNamespace = 0;
                break;
            default:
                _slots[1].Incarnation++;
                break;
        }

        _arena.Recover().ReclaimedBlockCount.Should().Be(0);
    }

    [Fact]
    public void Allocate_ManyProcessesAttachedAndOneExits_RecoversItsBlocks()
    {
        ShmArena[] peers = [.. Enumerable.Range(0, 40).Select(_ => ShmArena.Attach(_arena.Name))];
        peers[20].Allocate(_arena.CapacityBytes);
        _arena.TryAllocate(1, out _).Should().BeFalse();
        peers[20].Dispose();

        // A failing allocation may overlook an exit of the last millisecond.
        Thread.Sleep(5);
        _arena.TryAllocate(1, out _).Should().BeTrue();
        Array.ForEach(peers, peer => peer.Dispose());
    }

    private ShmArena AttachWithBlock()
    {
        var peer = ShmArena.Attach(_arena.Name);
        peer.Allocate(100);
        return peer;
    }
}
