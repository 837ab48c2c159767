using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Shm.Arena.Native;
using Shm.Core;

namespace Shm.Arena;

/// <summary>
/// Resolves addresses over many arenas in constant time. Each process reserves one range of its address space, cut into slots
/// of one size, and maps each arena so that the arena's data begins at the start of its slot. The addresses of a byte in two
/// processes then differ by the difference between the starts of the two ranges.
/// </summary>
/// <remarks>
/// Every process must use the same slot size, and the same slot for the same arena. Any thread may call any member. The caller
/// that creates or attaches an arena disposes it; the arena's slot is then empty.
/// </remarks>
public sealed unsafe class ArenaTable : IDisposable
{
    /// <summary>Maximum number of slots.</summary>
    public const int MaxSlotCount = 10_000;

    /// <summary>Maximum number of random ids that are tried for an arena. Eight collisions in a row indicate a fault, not chance.</summary>
    private const int MaxIdDraws = 8;

    private const long MinSlotBytes = 1L << 22, MaxSlotBytes = 1L << 42;

    /// <summary>Lock that is held while a slot is filled, which includes creating or attaching an arena.</summary>
    private readonly Lock _gate = new();
    private readonly ArenaTableSlot[] _slots;
    private readonly Dictionary<uint, ArenaTableSlot> _byId = [];

    /// <summary>
    /// Number of bytes of data in each slot; 0 for a slot without an arena. An arena that is disposed clears its own entry and
    /// does not wait for <see cref="_gate"/>.
    /// </summary>
    private readonly ulong[] _limits;
    private readonly int _slotShift;
    private readonly ulong _withinSlot;
    private nint _start;

    /// <summary>Reserves the address range, which takes no memory.</summary>
    /// <param name="slotBytes">
    /// Size of a slot in bytes, a power of two from 4 MiB to 4 TiB. A slot must have room for an arena with its metadata, see
    /// <see cref="SlotBytesFor"/>.
    /// </param>
    /// <param name="slotCount">Number of slots, 1 to <see cref="MaxSlotCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="slotBytes"/> is not a power of two from 4 MiB to 4 TiB, or <paramref name="slotCount"/> is not from 1 to
    /// <see cref="MaxSlotCount"/>.
    /// </exception>
    /// <exception cref="ShmException">The address space has no free range of this size.</exception>
    /// <exception cref="PlatformNotSupportedException">The operating system is not Linux.</exception>
    public ArenaTable(long slotBytes, int slotCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slotCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slotCount, MaxSlotCount);
        if (!BitOperations.IsPow2(slotBytes) || slotBytes is < MinSlotBytes or > MaxSlotBytes)
        {
            throw new ArgumentOutOfRangeException(nameof(slotBytes), slotBytes, "Must be a power of two from 4 MiB to 4 TiB.");
        }

        (SlotBytes, SlotCount, _slotShift) = (slotBytes, slotCount, BitOperations.Log2((ulong)slotBytes));
        _withinSlot = (ulong)slotBytes - 1;
        (_slots, _limits) = ([.. Enumerable.Range(0, slotCount).Select(index => new ArenaTableSlot(this, index))], new ulong[slotCount]);

        // The metadata of an arena lies before its data, at the end of the preceding slot. A slot has room for the data of one
        // arena and the metadata of the next, since it has room for the data and metadata of either. One additional slot before
        // the first contains the metadata of the first arena.
        _start = AddressSpace.Reserve(ReservedBytes, ArenaLayout.DataAlignment);
        BaseAddress = (ulong)(_start + (nint)slotBytes);
    }

    /// <summary>Size of a slot, in bytes.</summary>
    public long SlotBytes { get; }

    /// <summary>Number of slots.</summary>
    public int SlotCount { get; }

    private long ReservedBytes => SlotBytes * (SlotCount + 1L);

    /// <summary>
    /// Address at which the slots begin in this process. Another process needs this address to resolve addresses of this
    /// process.
    /// </summary>
    public ulong BaseAddress { get; }

    /// <summary>Returns the smallest slot size for arenas of up to this capacity, in bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacityBytes"/> is not from 1 MiB to 1 TiB.</exception>
    public static long SlotBytesFor(long capacityBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacityBytes, ShmArenaOptions.MinCapacityBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacityBytes, ShmArenaOptions.MaxCapacityBytes);
        return (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(MinSlotBytes, new ArenaLayout(capacityBytes).TotalBytes));
    }

    /// <summary>Creates an arena in a slot, with an id that no other arena of the table has.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The slot is not in the table, or the capacity is out of range.</exception>
    /// <exception cref="ShmException">The slot is taken or too small, or a system call failed.</exception>
    public ShmArena Create(int slot, ShmArenaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Create(slot, address => ArenaFactory.Create(options, address, SlotBytes));
    }

    /// <summary>
    /// Creates an arena, and creates it again if another arena of the table has the same random id. Among 10,000 ids of 31
    /// bits, two are equal with a probability of 2.3 %.
    /// </summary>
    internal ShmArena Create(int slot, Func<nint, ShmArena> create) => Fill(slot, address =>
    {
        var arena = create(address);
        for (var draw = 1; draw < MaxIdDraws && FindSameId(arena) is not null; draw++)
        {
            arena.Dispose();
            arena = create(address);
        }

        return arena;
    });

    /// <summary>Attaches to an arena, in the same slot as in the creator's table.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The slot is not in the table.</exception>
    /// <exception cref="ShmException">
    /// The slot is taken or too small, the table contains an arena of the same id (this one or, by chance, another), or
    /// attaching failed.
    /// </exception>
    public ShmArena Attach(int slot, string name, ShmArenaAttachOptions? options = null) =>
        Fill(slot, address => ArenaFactory.Attach(name, options ?? new(), address, SlotBytes));

    /// <summary>Translates an address range of another process into the address space of this process.</summary>
    /// <param name="remoteBaseAddress">The <see cref="BaseAddress"/> of the other process's table.</param>
    /// <param name="remoteAddress">Address of the first byte in the other process.</param>
    /// <param name="byteCount">Number of bytes, at least 1, that must lie within the data of one arena.</param>
    /// <param name="localAddress">Receives the address of the first byte in this process; 0 if the range is not found.</param>
    /// <returns>False if no arena of the table contains the whole range.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryResolve(ulong remoteBaseAddress, ulong remoteAddress, long byteCount, out nint localAddress)
    {
        // Slot sizes and accepted lengths are at most 2^42, so their sum does not overflow. The result does not depend on the
        // checks, so the processor can compute it before the checks are complete.
        var offset = remoteAddress - remoteBaseAddress;
        var slot = offset >> _slotShift;
        var limits = _limits;
        localAddress = 0;
        if (slot >= (ulong)limits.Length
            || (offset & _withinSlot) + (ulong)byteCount > Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(limits), (nint)slot)
            || (ulong)byteCount - 1 >= MaxSlotBytes)
        {
            return false;
        }

        localAddress = (nint)(BaseAddress + offset);
        return true;
    }

    /// <summary>Gets the arena in a slot; null if there is none.</summary>
    public ShmArena? this[int slot] => _slots[slot].Arena is { IsDisposed: false } arena ? arena : null;

    /// <summary>Disposes the arenas and releases the address range. No thread may use the arenas any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var slot in _slots)
            {
                slot.Arena?.Dispose();

                // If another thread is disposing the arena, it replaces the mapping by a reservation. The range must not be released
                // before, since another mapping could then get the addresses.
                for (var spin = new SpinWait(); slot.Arena is not null;)
                {
                    // A thread that sleeps could be interrupted, and the range would never be released.
                    spin.SpinOnce(sleep1Threshold: -1);
                }
            }

            var start = _start;
            _start = 0;
            AddressSpace.Release(start, start == 0 ? 0 : ReservedBytes);
        }
    }

    /// <summary>Sets the number of bytes of data in a slot. With 0, no address in the slot resolves.</summary>
    internal void SetLimit(int slot, long byteCount) => Volatile.Write(ref _limits[slot], (ulong)byteCount);

    private ShmArena Fill(int index, Func<nint, ShmArena> make)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, SlotCount);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_start == 0, this);
            var slot = _slots[index];
            if (slot.Arena is { } holder)
            {
                ShmException.Throw("map", $"slot {index}", $"arena {holder.Name} is in this slot",
                    "Dispose it first, or use another slot.");
            }

            var arena = make((nint)BaseAddress + (nint)(index * SlotBytes));
            try
            {
                ThrowIfIdIsTaken(arena);
                if (_byId.GetValueOrDefault(slot.LatestId) == slot)
                {
                    _byId.Remove(slot.LatestId);
                }

                _byId.Add(arena.Id, slot);
            }
            catch
            {
                arena.Dispose();
                throw;
            }

            slot.Open(arena);
            return arena;
        }
    }

    /// <summary>Throws if another arena of the table has the same id: handles name their arena by an id of 31 bits only.</summary>
    private void ThrowIfIdIsTaken(ShmArena arena)
    {
        if (FindSameId(arena) is { Arena: { } other } slot)
        {
            ShmException.Throw("map", arena.Name,
                $"arena {other.Name} in slot {slot.Index} has the same id {arena.Id:x8}, and handles of the two would be ambiguous",
                other.Name == arena.Name ? "The arena is in the table already: use that one."
                    : "Recreate one of them: it gets another random id.");
        }

        _byId.Remove(arena.Id);
    }

    /// <summary>Returns the slot of an arena with the same id as the given one; null if there is none.</summary>
    private ArenaTableSlot? FindSameId(ShmArena arena) => _byId.GetValueOrDefault(arena.Id) is { Arena: not null } slot ? slot : null;
}
