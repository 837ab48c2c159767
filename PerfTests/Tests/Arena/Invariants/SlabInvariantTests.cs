using FluentAssertions;
using PerfTests.ArenaChecks;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena.Invariants;

/// <summary>Tests the invariants of slabs, tokens and indexes.</summary>
[Category("Arena")]
public sealed unsafe class SlabInvariantTests : IDisposable
{
    private readonly ShmArena _arena = SparseArena.Create(4 << 20);
    private readonly ArenaMemory _memory;

    public SlabInvariantTests() => _memory = MappedMemory.Of(_arena);

    public void Dispose() => _arena.Dispose();

    [Fact]
    [Invariant("A slab exists if and only if the state of its first part says so.")]
    public void SlabState_ClearedAndWrittenAgain_SlabIsGoneAndThereAgain()
    {
        var block = _arena.Allocate(100);
        var slab = _memory.Find(block.Offset, out _, out _, out _);
        slab->Withdraw();
        _arena.LiveBlocks().Should().BeEmpty();
        _arena.UsedBytes.Should().Be(0);
        slab->Publish(SlabState.Slab);
        _arena.LiveBlocks().Should().ContainSingle();
    }

    [Fact]
    [Invariant("Bitmaps, maps and counts are derived from the states.")]
    public void TakeOver_BitmapsAndCountsOverwritten_DerivesThemFromTheStates()
    {
        var peer = ShmArena.Attach(_arena.Name);
        ShmBlock[] blocks = [_arena.Allocate(100), _arena.Allocate(5_000), _arena.Allocate(3 << 20)];
        _memory.UsedPages[0] ^= 0xF0F0_F0F0;
        _memory.UsedParts[0] ^= 0x0FF0;
        _memory.Header->PagesInUse = -7;
        _memory.Header->SupplyLock = peer.Member.Token;
        peer.Dispose();
        ArenaInvariants.Violations(_memory, isLockIgnored: true).Should().NotBeEmpty();
        _arena.Free(_arena.Allocate(50_000));
        ArenaInvariants.Violations(_memory).Should().BeEmpty();
        Array.ForEach(blocks, block => _arena.Free(block));
    }

    [Fact]
    [Invariant("A token is never reused, so a compare-and-swap from an exited process's token succeeds once.")]
    public void SupplyLock_OfAnExitedProcess_IsTakenOverOnce()
    {
        var tokens = new List<uint> { _arena.Member.Token };
        for (var count = 0; count < 100; count++)
        {
            using var peer = ShmArena.Attach(_arena.Name);
            tokens.Add(peer.Member.Token);
        }

        tokens.Should().OnlyHaveUniqueItems();
        _memory.Header->SupplyLock = tokens[^1];
        _memory.Header->TryTakeSupplyLockFrom(tokens[^1], tokens[0]).Should().BeTrue();
        _memory.Header->TryTakeSupplyLockFrom(tokens[^1], tokens[0]).Should().BeFalse();
        _memory.Header->ReleaseSupplyLock(tokens[0]);
    }

    [Fact]
    [Invariant("No value from shared memory is followed as an offset or index before it is compared with the verified capacity.")]
    public void Find_MapNamesPartBeyondTheTable_FindsNoBlock()
    {
        var block = _arena.Allocate(100);
        var entry = _memory.PageMap + (block.Offset >> ArenaLayout.PageShift);
        foreach (var part in new uint[] { (uint)_memory.Layout.PartCount, int.MaxValue, uint.MaxValue })
        {
            *entry = part;
            _arena.TryFindBlock(_arena.BaseAddress + (nint)block.Offset, out _).Should().BeFalse();
            FluentActions.Invoking(() => _arena.GetAddress(block)).Should().Throw<ShmException>();
        }
    }
}
