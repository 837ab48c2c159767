using System.Reflection;
using FluentAssertions;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>Tests the arena table, which resolves addresses over many arenas.</summary>
[Category("Arena")]
public sealed unsafe class ArenaTableTests
{
    private const int SlotCount = 50;

    /// <summary>Maximum shared memory of a sparse arena with one block, in bytes. Metadata is reserved in steps of 64 KiB.</summary>
    private const long UsedArenaBytes = 320L << 10;

    private static readonly long s_slotBytes = ArenaTable.SlotBytesFor(ShmArenaOptions.MinCapacityBytes);

    public ArenaTableTests() => Requires.SharedMemory(2 * UsedArenaBytes);

    [Fact]
    public void TryResolve_AddressFromAnotherTable_FindsTheSameByte()
    {
        Requires.SharedMemory(SlotCount * UsedArenaBytes);
        Requires.OpenFiles(2 * SlotCount);
        using var owner = new ArenaTable(s_slotBytes, SlotCount);
        using var peer = new ArenaTable(s_slotBytes, SlotCount);
        for (var slot = 0; slot < SlotCount; slot++)
        {
            var arena = owner.Create(slot, Smallest());
            peer.Attach(slot, arena.Name);
            var block = arena.Allocate(64);
            *(int*)arena.GetAddress(block) = slot;
            var address = (ulong)arena.GetAddress(block);
            peer.TryResolve(owner.BaseAddress, address, 64, out var local).Should().BeTrue();
            ((ulong)local).Should().NotBe(address);
            (*(int*)local).Should().Be(slot);
            local.Should().Be(peer[slot]!.GetAddress(block));
        }
    }

    [Fact]
    public void TryResolve_RangeOutsideArena_ReturnsFalse()
    {
        using var table = new ArenaTable(s_slotBytes, 3);
        var arena = table.Create(1, Smallest());
        var first = (ulong)arena.BaseAddress;
        table.TryResolve(table.BaseAddress, first, arena.CapacityBytes, out var all).Should().BeTrue();
        all.Should().Be(arena.BaseAddress);
        foreach ((var address, var byteCount) in new[]
        {
            (first, arena.CapacityBytes + 1), (first, 0L), (first, -1L), (first - 1, 1L), (first + (ulong)arena.CapacityBytes, 1L),
            (first - (ulong)s_slotBytes, 1L), (first + (ulong)s_slotBytes, 1L), (0UL, 1L), (ulong.MaxValue, 2L), (first, long.MaxValue),
        })
        {
            table.TryResolve(table.BaseAddress, address, byteCount, out var none).Should().BeFalse($"{address:x} + {byteCount}");
            none.Should().Be(0);
        }
    }

    [Fact]
    public void Create_SlotTaken_ThrowsUntilArenaIsDisposed()
    {
        using var table = new ArenaTable(s_slotBytes, 2);
        var first = table.Create(0, Smallest());
        FluentActions.Invoking(() => table.Create(0, Smallest())).Should().Throw<ShmException>().WithMessage("*slot 0*Dispose it first*");
        first.Dispose();
        table[0].Should().BeNull();
        table.Create(0, Smallest()).BaseAddress.Should().Be(first.BaseAddress);
        FluentActions.Invoking(() => table.Create(1, new ShmArenaOptions { CapacityBytes = 64 << 20, Reserve = false }))
            .Should().Throw<ShmException>().WithMessage("*larger slots*");
        FluentActions.Invoking(() => table.Create(2, Smallest())).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Dispose_OneArenaOfFour_EmptiesOnlyItsSlot()
    {
        using var table = new ArenaTable(s_slotBytes, 4);
        ShmArena[] arenas = [.. Enumerable.Range(0, 4).Select(slot => table.Create(slot, Smallest()))];
        ulong[] addresses = [.. arenas.Select(arena => (ulong)arena.BaseAddress)];
        bool[] Found() => [.. addresses.Select(address => table.TryResolve(table.BaseAddress, address, 64, out _))];
        Found().Should().Equal(true, true, true, true);
        arenas[1].Dispose();
        Found().Should().Equal(true, false, true, true);
        arenas[1].Dispose();
        arenas[0].Dispose();
        Found().Should().Equal(false, false, true, true);

        // A second Dispose of an arena changes nothing, even if another arena has taken its slot.
        var second = table.Create(1, Smallest());
        arenas[1].Dispose();
        Found().Should().Equal(false, true, true, true);
        table[1].Should().BeSameAs(second);
        table.Create(0, Smallest());
        Found().Should().Equal(true, true, true, true);
        table.Dispose();
        Found().Should().Equal(false, false, false, false);
        second.Dispose();
        table.Dispose();
    }

    [Fact]
    public void TryResolve_ArenasOfDifferentCapacity_ChecksCapacityOfEachArena()
    {
        var slotBytes = ArenaTable.SlotBytesFor(4 << 20);
        long[] capacities = [2 << 20, 2 << 20, 4 << 20, 1 << 20, 2 << 20];
        Requires.SharedMemory(capacities.Sum(capacityBytes => capacityBytes + UsedArenaBytes));
        using var table = new ArenaTable(slotBytes, 5);
        for (var slot = 4; slot >= 0; slot--)
        {
            // The metadata of each arena lies before its data, at the end of the preceding slot.
            table.Create(slot, new ShmArenaOptions { CapacityBytes = capacities[slot], Reserve = false });
        }

        for (var slot = 0; slot < 5; slot++)
        {
            var arena = table[slot]!;
            ((ulong)arena.BaseAddress).Should().Be(table.BaseAddress + (ulong)(slot * slotBytes));
            arena.Allocate(arena.CapacityBytes);
            new Span<byte>((void*)arena.BaseAddress, (int)arena.CapacityBytes).Fill((byte)(slot + 1));
        }

        for (var slot = 0; slot < 5; slot++)
        {
            var last = (ulong)table[slot]!.BaseAddress + (ulong)capacities[slot] - 1;
            table.TryResolve(table.BaseAddress, last, 1, out var local).Should().BeTrue();
            (*(byte*)local).Should().Be((byte)(slot + 1));
            table.TryResolve(table.BaseAddress, last, 2, out _).Should().BeFalse();
            table.TryResolve(table.BaseAddress, last + 1, 1, out _).Should().BeFalse();
            table[slot]!.UsedBytes.Should().Be(capacities[slot]);
        }
    }

    [Fact]
    public void Create_ThreadsReplaceArenasInTheirSlots_OtherSlotsStayIntact()
    {
        const int Rounds = 200, Threads = 4;
        Requires.SharedMemory((Threads + 1) * UsedArenaBytes);
        using var table = new ArenaTable(s_slotBytes, Threads + 1);
        var kept = (ulong)table.Create(Threads, Smallest()).BaseAddress;
        var failures = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(slot => new Thread(() =>
        {
            try
            {
                for (var round = 0; round < Rounds; round++)
                {
                    var arena = table.Create(slot, Smallest());
                    var address = (ulong)arena.GetAddress(arena.Allocate(64));
                    *(int*)address = round;
                    table.TryResolve(table.BaseAddress, address, 64, out var local).Should().BeTrue();
                    (*(int*)local).Should().Be(round);
                    arena.Dispose();
                    table.TryResolve(table.BaseAddress, address, 64, out _).Should().BeFalse();
                    table.TryResolve(table.BaseAddress, kept, 64, out _).Should().BeTrue();
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
        table[Threads]!.Allocate(64);
    }

    [Fact]
    public void Attach_SameArenaIdTwice_ThrowsAndLeavesSlotEmpty()
    {
        Requires.SharedMemory(new ArenaLayout(ShmArenaOptions.MinCapacityBytes).TotalBytes + (2 * UsedArenaBytes));
        using var table = new ArenaTable(s_slotBytes, 3);
        var first = table.Create(0, Smallest());
        FluentActions.Invoking(() => table.Attach(1, first.Name))
            .Should().Throw<ShmException>().WithMessage($"*{first.Name} in slot 0*{first.Id:x8}*use that one*");

        // A copy of the file has the same id under another name.
        string twin = first.Name + "-twin", path = $"/dev/shm/{twin}";
        File.Copy($"/dev/shm/{first.Name}", path);
        try
        {
            FluentActions.Invoking(() => table.Attach(1, twin))
                .Should().Throw<ShmException>().WithMessage($"*{twin}*{first.Name} in slot 0*{first.Id:x8}*Recreate one of them*");
            table[1].Should().BeNull();
            first.Dispose();
            table.Attach(1, twin).Id.Should().Be(first.Id);
        }
        finally
        {
            File.Delete(path);
        }

        table.Create(0, Smallest()).Id.Should().NotBe(first.Id);
    }

    [Fact]
    public void Create_ArenaIdAlreadyInTable_DrawsAnotherId()
    {
        using var table = new ArenaTable(s_slotBytes, 2);
        var first = table.Create(0, Smallest());
        string twin = first.Name + "-twin", path = $"/dev/shm/{twin}";
        File.Copy($"/dev/shm/{first.Name}", path);
        var creations = 0;
        try
        {
            var second = table.Create(1, address => creations++ == 0
                ? ArenaFactory.Attach(twin, new ShmArenaAttachOptions(), address, s_slotBytes)
                : ArenaFactory.Create(Smallest(), address, s_slotBytes));
            second.Id.Should().NotBe(first.Id);
            creations.Should().Be(2);
            table[1].Should().BeSameAs(second);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Attach_ArenaThatMovedToAnotherSlot_ThrowsInThirdSlot()
    {
        Requires.SharedMemory(3 * UsedArenaBytes);
        using var arena = ShmArena.Create(Smallest());
        using var table = new ArenaTable(s_slotBytes, 3);
        table.Attach(0, arena.Name).Dispose();
        table.Attach(1, arena.Name);
        table.Create(0, Smallest());
        FluentActions.Invoking(() => table.Attach(2, arena.Name))
            .Should().Throw<ShmException>().WithMessage($"*{arena.Name} in slot 1*use that one*");
    }

    [Fact]
    public void Dispose_AnotherThreadDisposesArena_WaitsUntilSlotIsEmpty()
    {
        using var table = new ArenaTable(s_slotBytes, 1);
        var arena = table.Create(0, Smallest());
        var attached = typeof(ShmArena).GetField("s_attached", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;
        Thread first = new(arena.Dispose), second = new(table.Dispose);
        lock (attached)
        {
            // The first thread has ended the arena's lifetime, and waits for the set of attached arenas.
            first.Start();
            SpinWait.SpinUntil(() => arena.IsDisposed, TimeSpan.FromSeconds(20)).Should().BeTrue();
            second.Start();
            second.Join(300).Should().BeFalse("the arena is still mapped, and its slot must stay reserved until it is unmapped");
        }

        first.Join();
        second.Join(20_000).Should().BeTrue();
    }

    private static ShmArenaOptions Smallest() => new() { CapacityBytes = ShmArenaOptions.MinCapacityBytes, Reserve = false };
}
