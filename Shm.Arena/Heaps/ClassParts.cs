using System.Numerics;
using System.Runtime.InteropServices;

namespace Shm.Arena;

/// <summary>
/// Table of a heap's slab parts of one size class. The table lies in private memory, which no other process can reach. A part
/// keeps its position as long as the heap owns it, because other threads set hints by position.
/// </summary>
internal unsafe struct ClassParts
{
    private uint* _parts;
    private ulong* _available;
    private int* _keptPages;
    private int _capacity;

    // Position of the first part of the spare slab plus 1; 0 if there is none.
    private int _spare;
    private int _firstHole;
    private int _firstAvailable;

    // Hints that the heap has taken from its slot but not followed yet, one bit for each.
    private ulong _hints;

    // Bit at which the search for the next hint starts.
    private int _nextHint;

    /// <summary>Number of positions, a multiple of 64.</summary>
    internal readonly int Capacity => _capacity;

    /// <summary>Index of the part at a position; 0 if there is none.</summary>
    internal readonly uint this[int position] => (uint)position < (uint)_capacity ? _parts[position] : 0;

    internal int Add(uint part)
    {
        var position = _firstHole;
        while (position < _capacity && _parts[position] != 0)
        {
            position++;
        }

        if (position == _capacity)
        {
            Grow();
        }

        _parts[position] = part;
        _firstHole = position + 1;
        return position;
    }

    /// <summary>Removes the part at a position.</summary>
    /// <returns>Number of pages that were kept at the position, see <see cref="KeptPages"/>.</returns>
    internal int Remove(int position)
    {
        if ((uint)position >= (uint)_capacity)
        {
            return 0;
        }

        _parts[position] = 0;
        SetAvailable(position, false);
        _firstHole = Math.Min(_firstHole, position);
        return TryStopKeeping(position, out var pages) ? pages : 0;
    }

    /// <summary>
    /// Records whether the part at a position is available. Each part that has a free bit is available. An available part may be full.
    /// </summary>
    internal void SetAvailable(int position, bool isAvailable)
    {
        if ((uint)position >= (uint)_capacity)
        {
            // Only a corrupt arena contains such a position.
            return;
        }

        var bit = 1UL << position;
        ref var changed = ref _available[position >> 6];
        changed = isAvailable ? changed | bit : changed & ~bit;
        _firstAvailable = isAvailable ? Math.Min(_firstAvailable, position >> 6) : _firstAvailable;
    }

    /// <summary>Returns the lowest position of an available part; -1 if there is none.</summary>
    internal int FirstAvailable()
    {
        for (var index = _firstAvailable; index < _capacity >> 6; index++)
        {
            _firstAvailable = index;
            if (_available[index] != 0)
            {
                return (index << 6) + BitOperations.TrailingZeroCount(_available[index]);
            }
        }

        return -1;
    }

    /// <summary>
    /// Keeps hints that were taken from the heap's slot, see <see cref="HeapSlot.Hints"/>. Call this only after all kept hints were
    /// followed, since the new hints replace them.
    /// </summary>
    internal void KeepHints(ulong hints) => _hints = hints;

    /// <summary>
    /// Removes and returns the next kept hint, in ascending order after the previous one; 0 follows 63. A heap fills its parts in this
    /// order, so other threads probably free blocks of the parts in the same order.
    /// </summary>
    /// <param name="hint">Receives the hinted positions modulo 64.</param>
    /// <returns>False if no hint is left.</returns>
    internal bool TryNextHint(out int hint)
    {
        var later = _hints & (ulong.MaxValue << _nextHint);
        hint = BitOperations.TrailingZeroCount(later != 0 ? later : _hints);
        if (_hints == 0)
        {
            return false;
        }

        _hints &= ~(1UL << hint);
        _nextHint = (hint + 1) % 64;
        return true;
    }

    /// <summary>
    /// Number of pages of the slab whose first part has this position, if the heap keeps the slab, which may be empty, within its share;
    /// else 0.
    /// </summary>
    internal readonly int KeptPages(int position) => (uint)position < (uint)_capacity ? _keptPages[position] : 0;

    /// <summary>
    /// Keeps the empty slab whose first part has this position as the spare slab of the class, which does not count as kept pages.
    /// Returns false if another slab is the spare one.
    /// </summary>
    internal bool TryKeepAsSpare(int position)
    {
        if (_spare == 0)
        {
            _spare = position + 1;
        }

        return _spare == position + 1;
    }

    /// <summary>Stops keeping the slab whose first part has this position.</summary>
    /// <param name="position">Position of the slab's first part.</param>
    /// <param name="pages">Receives <see cref="KeptPages"/> before this call.</param>
    /// <returns>False if the slab was not kept.</returns>
    internal bool TryStopKeeping(int position, out int pages)
    {
        pages = 0;
        if ((uint)position >= (uint)_capacity)
        {
            return false;
        }

        var isSpare = _spare == position + 1;
        _spare = isSpare ? 0 : _spare;
        pages = _keptPages[position];
        _keptPages[position] = 0;
        return isSpare || pages != 0;
    }

    /// <summary>Sets <see cref="KeptPages"/>.</summary>
    internal readonly void Keep(int position, int pages)
    {
        if ((uint)position < (uint)_capacity)
        {
            _keptPages[position] = pages;
        }
    }

    internal void Free()
    {
        NativeMemory.Free(_parts);
        NativeMemory.Free(_available);
        NativeMemory.Free(_keptPages);
        this = default;
    }

    private void Grow()
    {
        var capacity = Math.Max(64, _capacity * 2);
        _parts = (uint*)Grown(_parts, _capacity * sizeof(uint), capacity * sizeof(uint));
        _available = (ulong*)Grown(_available, _capacity / 8, capacity / 8);
        _keptPages = (int*)Grown(_keptPages, _capacity * sizeof(int), capacity * sizeof(int));
        _capacity = capacity;
    }

    private static void* Grown(void* memory, int oldByteCount, int newByteCount)
    {
        var grown = (byte*)NativeMemory.Realloc(memory, (nuint)newByteCount);
        NativeMemory.Clear(grown + oldByteCount, (nuint)(newByteCount - oldByteCount));
        return grown;
    }
}
