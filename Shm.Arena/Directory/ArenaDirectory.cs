using System.Numerics;
using System.Runtime.CompilerServices;
using Shm.Arena.Native;
using Shm.Core;

namespace Shm.Arena;

/// <summary>
/// Many arenas, whose addresses are translated between processes in constant time: each process reserves one range of
/// its address space, cut into slots of one size, and has the arena of a number mapped into the slot of that number. An
/// address of another process then differs from this process's by the difference of the two ranges' starts.
///
/// Every process must use the same slot size and the same arena under the same number. Members may be called from any
/// thread; an arena is disposed by whoever got it, and its slot can then be filled again.
/// </summary>
public sealed unsafe class ArenaDirectory : IDisposable
{
    /// <summary>The most slots of a directory.</summary>
    public const int MaxSlotCount = 10_000;

    private readonly Lock _gate = new();
    private readonly Range[] _ranges;
    private readonly ShmArena?[] _arenas;
    private readonly int _slotShift;
    private nint _start;

    /// <summary>Reserves the range; it costs no memory.</summary>
    /// <param name="slotBytes">
    /// A power of two from 4 MiB to 4 TiB, at least what an arena takes with its metadata: see <see cref="SlotBytesFor"/>.
    /// </param>
    /// <param name="slotCount">1 to <see cref="MaxSlotCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is none of these.</exception>
    /// <exception cref="ShmException">There is no such range of addresses.</exception>
    public ArenaDirectory(long slotBytes, int slotCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slotCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slotCount, MaxSlotCount);
        if (!BitOperations.IsPow2(slotBytes) || slotBytes is < 1L << 22 or > 1L << 42)
        {
            throw new ArgumentOutOfRangeException(nameof(slotBytes), slotBytes, "A power of two from 4 MiB to 4 TiB.");
        }

        (SlotBytes, SlotCount, _slotShift) = (slotBytes, slotCount, BitOperations.Log2((ulong)slotBytes));
        (_ranges, _arenas) = (new Range[slotCount], new ShmArena?[slotCount]);
        _start = AddressSpace.Reserve(slotBytes * slotCount, ArenaLayout.DataAlignment);
        BaseAddress = (ulong)_start;
    }

    /// <summary>Bytes of each slot.</summary>
    public long SlotBytes { get; }

    /// <summary>How many slots there are.</summary>
    public int SlotCount { get; }

    /// <summary>Where this process's range begins: what another process must know to translate addresses of this one.</summary>
    public ulong BaseAddress { get; }

    /// <summary>The smallest slot for arenas of up to this capacity, in bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No arena has that capacity.</exception>
    public static long SlotBytesFor(long capacityBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacityBytes, ShmArenaOptions.MinCapacityBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacityBytes, ShmArenaOptions.MaxCapacityBytes);
        return (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(1L << 22, new ArenaLayout(capacityBytes).TotalBytes));
    }

    /// <summary>Creates an arena in a slot.</summary>
    /// <exception cref="ShmException">The slot is taken or too small, or the system refused.</exception>
    public ShmArena Create(int slot, ShmArenaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Fill(slot, address => ShmArena.Create(options, address, SlotBytes));
    }

    /// <summary>Attaches to an arena in a slot: the one in which its creator has it.</summary>
    /// <exception cref="ShmException">The slot is taken or too small, or the arena can't be attached to.</exception>
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
        // What the address becomes does not wait for the checks, which are a guess that holds.
        ulong offset = remoteAddress - remoteBaseAddress;
        ulong slot = offset >> _slotShift;
        localAddress = 0;
        if (slot >= (ulong)_ranges.Length)
        {
            return false;
        }

        ref Range range = ref _ranges[slot];
        ulong distance = offset - range.FirstOffset;
        if (distance >= range.ByteCount || (ulong)byteCount - 1 >= range.ByteCount - distance)
        {
            return false;
        }

        localAddress = (nint)(BaseAddress + offset);
        return true;
    }

    /// <summary>The arena in a slot; null if there is none.</summary>
    public ShmArena? this[int slot] => _arenas[slot] is { IsDisposed: false } arena ? arena : null;

    /// <summary>Disposes the arenas and gives the addresses back. No thread may be using them any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            Array.Clear(_ranges);
            foreach (ShmArena? arena in _arenas)
            {
                arena?.Dispose();
            }

            nint start = Interlocked.Exchange(ref _start, 0);
            AddressSpace.Release(start, start == 0 ? 0 : SlotBytes * SlotCount);
        }
    }

    private ShmArena Fill(int slot, Func<nint, ShmArena> make)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slot, SlotCount);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_start == 0, this);
            if (this[slot] is { } holder)
            {
                ShmException.Throw("map", $"slot {slot}", $"the arena {holder.Name} is there", "Dispose it first, or take another slot.");
            }

            nint address = _start + (nint)(slot * SlotBytes);
            _ranges[slot] = default;
            ShmArena arena = make(address);
            _arenas[slot] = arena;
            ulong first = (ulong)(arena.BaseAddress - _start);
            _ranges[slot] = new Range(first, (ulong)arena.CapacityBytes);
            return arena;
        }
    }

    /// <summary>An arena's data, from the start of the directory. Empty where there is no arena.</summary>
    private readonly record struct Range(ulong FirstOffset, ulong ByteCount);
}
