using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Shm.Arena.Native;
using Shm.Core;

namespace Shm.Arena;

/// <summary>
/// Many arenas, whose addresses are translated between processes in constant time: each process reserves one range of
/// its address space, cut into slots of one size, and has the data of an arena begin where the slot of its number begins.
/// An address of another process then differs from this process's by the difference of the two ranges' starts.
///
/// Every process must use the same slot size and the same arena under the same number. Members may be called from any
/// thread; an arena is disposed by whoever got it, and its slot is empty from then on.
/// </summary>
public sealed unsafe class ArenaTable : IDisposable
{
    /// <summary>The most slots of a directory.</summary>
    public const int MaxSlotCount = 10_000;

    /// <summary>Maximum number of draws; eight collisions in a row indicate a fault, not chance.</summary>
    private const int MostIdDraws = 8;

    private const long LeastSlotBytes = 1L << 22, MostSlotBytes = 1L << 42;

    /// <summary>Held while a slot is filled, which may take as long as attaching takes.</summary>
    private readonly Lock _gate = new();
    private readonly ArenaTableSlot[] _slots;
    private readonly Dictionary<uint, ArenaTableSlot> _byId = [];

    /// <summary>
    /// How many bytes of each slot are an arena's data; 0 where there is none. One word a slot: an arena that is disposed
    /// takes its own back and waits for nobody's attaching.
    /// </summary>
    private readonly ulong[] _limits;
    private readonly int _slotShift;
    private readonly ulong _withinSlot;
    private nint _start;

    /// <summary>Reserves the range; it costs no memory.</summary>
    /// <param name="slotBytes">
    /// A power of two from 4 MiB to 4 TiB, at least what an arena takes with its metadata: see <see cref="SlotBytesFor"/>.
    /// </param>
    /// <param name="slotCount">1 to <see cref="MaxSlotCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is none of these.</exception>
    /// <exception cref="ShmException">There is no such range of addresses.</exception>
    /// <exception cref="PlatformNotSupportedException">The operating system is not Linux.</exception>
    public ArenaTable(long slotBytes, int slotCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slotCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slotCount, MaxSlotCount);
        if (!BitOperations.IsPow2(slotBytes) || slotBytes is < LeastSlotBytes or > MostSlotBytes)
        {
            throw new ArgumentOutOfRangeException(nameof(slotBytes), slotBytes, "A power of two from 4 MiB to 4 TiB.");
        }

        (SlotBytes, SlotCount, _slotShift) = (slotBytes, slotCount, BitOperations.Log2((ulong)slotBytes));
        _withinSlot = (ulong)slotBytes - 1;
        (_slots, _limits) = ([.. Enumerable.Range(0, slotCount).Select(index => new ArenaTableSlot(this, index))], new ulong[slotCount]);

        // An arena's metadata lies at the end of the slot before, which its neighbour's data leaves free: both are no
        // longer than those of the larger of the two, which a slot has room for. The first takes a slot of its own.
        _start = AddressSpace.Reserve(ReservedBytes, ArenaLayout.DataAlignment);
        BaseAddress = (ulong)(_start + (nint)slotBytes);
    }

    /// <summary>Bytes of each slot.</summary>
    public long SlotBytes { get; }

    /// <summary>How many slots there are.</summary>
    public int SlotCount { get; }

    private long ReservedBytes => SlotBytes * (SlotCount + 1L);

    /// <summary>Where this process's range begins: what another process must know to translate addresses of this one.</summary>
    public ulong BaseAddress { get; }

    /// <summary>The smallest slot for arenas of up to this capacity, in bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No arena has that capacity.</exception>
    public static long SlotBytesFor(long capacityBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacityBytes, ShmArenaOptions.MinCapacityBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacityBytes, ShmArenaOptions.MaxCapacityBytes);
        return (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(LeastSlotBytes, new ArenaLayout(capacityBytes).TotalBytes));
    }

    /// <summary>Creates an arena in a slot, with an id that no other arena here has.</summary>
    /// <exception cref="ShmException">The slot is taken or too small, or the system refused.</exception>
    public ShmArena Create(int slot, ShmArenaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Create(slot, address => ShmArena.Create(options, address, SlotBytes));
    }

    /// <summary>
    /// Creates again where the id, drawn at random, is another arena's here: among 10,000 ids of 31 bits two are equal in
    /// 2.3 % of all cases.
    /// </summary>
    internal ShmArena Create(int slot, Func<nint, ShmArena> create) => Fill(slot, address =>
    {
        ShmArena arena = create(address);
        for (int draw = 1; draw < MostIdDraws && FindTwin(arena) is not null; draw++)
        {
            arena.Dispose();
            arena = create(address);
        }

        return arena;
    });

    /// <summary>Attaches to an arena in a slot: the one in which its creator has it.</summary>
    /// <exception cref="ShmException">
    /// The slot is taken or too small, an arena here (this one or, by chance, another) has the same id, or the arena can't be attached to.
    /// </exception>
    public ShmArena Attach(int slot, string name, ShmArenaAttachOptions? options = null) =>
        Fill(slot, address => ShmArena.Attach(name, options ?? new(), address, SlotBytes));

    /// <summary>Translates a range of another process's addresses (or of this one's) into this process's.</summary>
    /// <param name="remoteBaseAddress">The <see cref="BaseAddress"/> of the directory there.</param>
    /// <param name="remoteAddress">The first byte's address as that process knows it.</param>
    /// <param name="byteCount">How many bytes must lie within one arena's data; at least 1.</param>
    /// <param name="localAddress">The same byte in this process, or 0.</param>
    /// <returns>False if no arena here has the whole range.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryResolve(ulong remoteBaseAddress, ulong remoteAddress, long byteCount, out nint localAddress)
    {
        // Neither a slot's bytes nor a length that passes is above 2^42: the end does not overflow.
        // What the address becomes does not wait for the checks, which are a guess that holds.
        ulong offset = remoteAddress - remoteBaseAddress;
        ulong slot = offset >> _slotShift;
        ulong[] limits = _limits;
        localAddress = 0;
        if (slot >= (ulong)limits.Length
            || (offset & _withinSlot) + (ulong)byteCount > Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(limits), (nint)slot)
            || (ulong)byteCount - 1 >= MostSlotBytes)
        {
            return false;
        }

        localAddress = (nint)(BaseAddress + offset);
        return true;
    }

    /// <summary>The arena in a slot; null if there is none.</summary>
    public ShmArena? this[int slot] => _slots[slot].Arena is { IsDisposed: false } arena ? arena : null;

    /// <summary>Disposes the arenas and gives the addresses back. No thread may be using them any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (ArenaTableSlot slot in _slots)
            {
                slot.Arena?.Dispose();
            }

            nint start = Interlocked.Exchange(ref _start, 0);
            AddressSpace.Release(start, start == 0 ? 0 : ReservedBytes);
        }
    }

    /// <summary>Says how many bytes of a slot are an arena's data.</summary>
    internal void SetLimit(int slot, long byteCount) => Volatile.Write(ref _limits[slot], (ulong)byteCount);

    private ShmArena Fill(int index, Func<nint, ShmArena> make)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, SlotCount);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_start == 0, this);
            ArenaTableSlot slot = _slots[index];
            if (slot.Arena is { } holder)
            {
                ShmException.Throw("map", $"slot {index}", $"the arena {holder.Name} is there", "Dispose it first, or take another slot.");
            }

            ShmArena arena = make((nint)BaseAddress + (nint)(index * SlotBytes));
            try
            {
                RefuseTwin(arena);
                _byId.Remove(slot.LatestId);
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

    /// <summary>Blocks say by its id which arena they are of. It has 31 bits, so two of different arenas may be equal by chance.</summary>
    private void RefuseTwin(ShmArena arena)
    {
        if (FindTwin(arena) is { Arena: { } twin } other)
        {
            ShmException.Throw("map", arena.Name, $"{twin.Name} in slot {other.Index} has the same id {arena.Id:x8}, and their blocks could not be told apart",
                twin.Name == arena.Name ? "It is here already: use that one." : "Create one of them anew: ids are drawn at random.");
        }

        _byId.Remove(arena.Id);
    }

    /// <summary>The slot whose arena has the same id, or null.</summary>
    private ArenaTableSlot? FindTwin(ShmArena arena) => _byId.GetValueOrDefault(arena.Id) is { Arena: not null } slot ? slot : null;
}
