using FluentAssertions;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

[Trait("Category", "Arena")]
public sealed unsafe class DirectoryTests
{
    private const int SlotCount = 500;

    private static readonly long s_slotBytes = ArenaDirectory.SlotBytesFor(ShmArenaOptions.MinCapacityBytes);

    [Fact]
    public void Addresses_of_one_directory_are_found_in_another_over_many_arenas()
    {
        using var owner = new ArenaDirectory(s_slotBytes, SlotCount);
        using var peer = new ArenaDirectory(s_slotBytes, SlotCount);
        for (int slot = 0; slot < SlotCount; slot++)
        {
            ShmArena arena = owner.Create(slot, Smallest());
            peer.Attach(slot, arena.Name);
            ShmBlock block = arena.Allocate(64);
            *(int*)arena.GetAddress(block) = slot;
            ulong address = (ulong)arena.GetAddress(block);
            peer.TryResolve(owner.BaseAddress, address, 64, out nint local).Should().BeTrue();
            ((ulong)local).Should().NotBe(address);
            (*(int*)local).Should().Be(slot);
            local.Should().Be(peer[slot]!.GetAddress(block));
        }
    }

    [Fact]
    public void Ranges_that_leave_an_arena_are_refused()
    {
        using var directory = new ArenaDirectory(s_slotBytes, 3);
        ShmArena arena = directory.Create(1, Smallest());
        ulong first = (ulong)arena.BaseAddress;
        directory.TryResolve(directory.BaseAddress, first, arena.CapacityBytes, out nint all).Should().BeTrue();
        all.Should().Be(arena.BaseAddress);
        foreach ((ulong address, long byteCount) in new[]
        {
            (first, arena.CapacityBytes + 1), (first, 0L), (first, -1L), (first - 1, 1L), (first + (ulong)arena.CapacityBytes, 1L),
            (first - (ulong)s_slotBytes, 1L), (first + (ulong)s_slotBytes, 1L), (0UL, 1L), (ulong.MaxValue, 2L), (first, long.MaxValue),
        })
        {
            directory.TryResolve(directory.BaseAddress, address, byteCount, out nint none).Should().BeFalse($"{address:x} + {byteCount}");
            none.Should().Be(0);
        }
    }

    [Fact]
    public void A_slot_is_filled_once_until_its_arena_is_disposed()
    {
        using var directory = new ArenaDirectory(s_slotBytes, 2);
        ShmArena first = directory.Create(0, Smallest());
        FluentActions.Invoking(() => directory.Create(0, Smallest())).Should().Throw<ShmException>().WithMessage("*slot 0*Dispose it first*");
        first.Dispose();
        directory[0].Should().BeNull();
        directory.Create(0, Smallest()).BaseAddress.Should().Be(first.BaseAddress);
        FluentActions.Invoking(() => directory.Create(1, new ShmArenaOptions { CapacityBytes = 64 << 20, Reserve = false }))
            .Should().Throw<ShmException>().WithMessage("*larger slots*");
        FluentActions.Invoking(() => directory.Create(2, Smallest())).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static ShmArenaOptions Smallest() => new() { CapacityBytes = ShmArenaOptions.MinCapacityBytes, Reserve = false };
}
