using FluentAssertions;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

[Category("Arena")]
public sealed unsafe class DirectoryTests
{
    private const int SlotCount = 50;

    /// <summary>Most bytes that a sparse arena with one used block takes: metadata is claimed in steps of 64 KiB.</summary>
    private const long UsedArenaBytes = 320L << 10;

    private static readonly long s_slotBytes = ArenaDirectory.SlotBytesFor(ShmArenaOptions.MinCapacityBytes);

    public DirectoryTests() => Requires.SharedMemory(2 * UsedArenaBytes);

    [Fact]
    public void Addresses_of_one_directory_are_found_in_another_over_many_arenas()
    {
        Requires.SharedMemory(SlotCount * UsedArenaBytes);
        Requires.OpenFiles(2 * SlotCount);
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

    [Fact]
    public void A_disposed_arena_leaves_its_slot_at_once_and_its_neighbours_stay()
    {
        using var directory = new ArenaDirectory(s_slotBytes, 4);
        ShmArena[] arenas = [.. Enumerable.Range(0, 4).Select(slot => directory.Create(slot, Smallest()))];
        ulong[] addresses = [.. arenas.Select(arena => (ulong)arena.BaseAddress)];
        bool[] Found() => [.. addresses.Select(address => directory.TryResolve(directory.BaseAddress, address, 64, out _))];
        Found().Should().Equal(true, true, true, true);
        arenas[1].Dispose();
        Found().Should().Equal(true, false, true, true);
        arenas[1].Dispose();
        arenas[0].Dispose();
        Found().Should().Equal(false, false, true, true);

        // Disposed twice, also after another has taken its place.
        ShmArena second = directory.Create(1, Smallest());
        arenas[1].Dispose();
        Found().Should().Equal(false, true, true, true);
        directory[1].Should().BeSameAs(second);
        directory.Create(0, Smallest());
        Found().Should().Equal(true, true, true, true);
        directory.Dispose();
        Found().Should().Equal(false, false, false, false);
        second.Dispose();
        directory.Dispose();
    }

    [Fact]
    public void Arenas_of_different_capacities_have_each_its_own_limits()
    {
        long slotBytes = ArenaDirectory.SlotBytesFor(4 << 20);
        long[] capacities = [2 << 20, 2 << 20, 4 << 20, 1 << 20, 2 << 20];
        Requires.SharedMemory(capacities.Sum(capacityBytes => capacityBytes + UsedArenaBytes));
        using var directory = new ArenaDirectory(slotBytes, 5);
        for (int slot = 4; slot >= 0; slot--)
        {
            // The metadata of each lies before its data, where the slot before has its end.
            directory.Create(slot, new ShmArenaOptions { CapacityBytes = capacities[slot], Reserve = false });
        }

        for (int slot = 0; slot < 5; slot++)
        {
            ShmArena arena = directory[slot]!;
            ((ulong)arena.BaseAddress).Should().Be(directory.BaseAddress + (ulong)(slot * slotBytes));
            arena.Allocate(arena.CapacityBytes);
            new Span<byte>((void*)arena.BaseAddress, (int)arena.CapacityBytes).Fill((byte)(slot + 1));
        }

        for (int slot = 0; slot < 5; slot++)
        {
            ulong last = (ulong)directory[slot]!.BaseAddress + (ulong)capacities[slot] - 1;
            directory.TryResolve(directory.BaseAddress, last, 1, out nint local).Should().BeTrue();
            (*(byte*)local).Should().Be((byte)(slot + 1));
            directory.TryResolve(directory.BaseAddress, last, 2, out _).Should().BeFalse();
            directory.TryResolve(directory.BaseAddress, last + 1, 1, out _).Should().BeFalse();
            directory[slot]!.UsedBytes.Should().Be(capacities[slot]);
        }
    }

    [Fact]
    public void Threads_that_dispose_and_fill_slots_leave_the_others_arenas_alone()
    {
        const int Rounds = 200, Threads = 4;
        Requires.SharedMemory((Threads + 1) * UsedArenaBytes);
        using var directory = new ArenaDirectory(s_slotBytes, Threads + 1);
        ulong kept = (ulong)directory.Create(Threads, Smallest()).BaseAddress;
        var failures = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(slot => new Thread(() =>
        {
            try
            {
                for (int round = 0; round < Rounds; round++)
                {
                    ShmArena arena = directory.Create(slot, Smallest());
                    ulong address = (ulong)arena.GetAddress(arena.Allocate(64));
                    *(int*)address = round;
                    directory.TryResolve(directory.BaseAddress, address, 64, out nint local).Should().BeTrue();
                    (*(int*)local).Should().Be(round);
                    arena.Dispose();
                    directory.TryResolve(directory.BaseAddress, address, 64, out _).Should().BeFalse();
                    directory.TryResolve(directory.BaseAddress, kept, 64, out _).Should().BeTrue();
                }
            }
            catch (Exception e)
            {
                failures.Enqueue(e);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        failures.Should().BeEmpty();
        directory[Threads]!.Allocate(64);
    }

    [Fact]
    public void Two_arenas_of_one_id_are_refused_in_one_directory_and_leave_nothing_behind()
    {
        Requires.SharedMemory(new ArenaLayout(ShmArenaOptions.MinCapacityBytes).TotalBytes + (2 * UsedArenaBytes));
        using var directory = new ArenaDirectory(s_slotBytes, 3);
        ShmArena first = directory.Create(0, Smallest());
        FluentActions.Invoking(() => directory.Attach(1, first.Name)).Should().Throw<ShmException>().WithMessage($"*{first.Name} in slot 0*{first.Id:x8}*use that one*");

        // A copy has everything of the original but the name.
        string twin = first.Name + "-twin", path = $"/dev/shm/{twin}";
        File.Copy($"/dev/shm/{first.Name}", path);
        try
        {
            FluentActions.Invoking(() => directory.Attach(1, twin)).Should().Throw<ShmException>().WithMessage($"*{twin}*{first.Name} in slot 0*{first.Id:x8}*anew*");
            directory[1].Should().BeNull();
            first.Dispose();
            directory.Attach(1, twin).Id.Should().Be(first.Id);
        }
        finally
        {
            File.Delete(path);
        }

        directory.Create(0, Smallest()).Id.Should().NotBe(first.Id);
    }

    [Fact]
    public void Create_IdThatAnotherArenaHas_DrawsAnotherId()
    {
        using var directory = new ArenaDirectory(s_slotBytes, 2);
        ShmArena first = directory.Create(0, Smallest());
        string twin = first.Name + "-twin", path = $"/dev/shm/{twin}";
        File.Copy($"/dev/shm/{first.Name}", path);
        var creations = 0;
        try
        {
            ShmArena second = directory.Create(1, address => creations++ == 0
                ? ShmArena.Attach(twin, new ShmArenaAttachOptions(), address, s_slotBytes)
                : ShmArena.Create(Smallest(), address, s_slotBytes));
            second.Id.Should().NotBe(first.Id);
            creations.Should().Be(2);
            directory[1].Should().BeSameAs(second);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static ShmArenaOptions Smallest() => new() { CapacityBytes = ShmArenaOptions.MinCapacityBytes, Reserve = false };
}
