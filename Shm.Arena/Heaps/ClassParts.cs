using System.Numerics;
using System.Runtime.InteropServices;

namespace Shm.Arena;

/// <summary>
/// Table of a heap's slab parts of one size class. The table lies in private memory, which no other process can reach. A part
/// keeps its position as long as the heap owns it, because other threads set hints by position.
/// </summary>
internal unsafe struct ClassParts
{
    /// <summary>
    /// Reciprocal of the largest fraction of the parts that is extra. A slab is extra if the heap creates it although there are
    /// available parts, because they have few free blocks.
    /// </summary>
    private const int MaxExtraShare = 8;

    /// <summary>Largest number of parts of a small heap, see <see cref="IsSmall"/>.</summary>
    private const int MaxPartsOfSmall = 32;

    private uint* _parts;
    private ulong* _available;
    private int* _keptPages;
    private int _capacity;
    private int _firstHole;
    private int _firstAvailable;
    private int _nextAvailable;
    private int _count;
    private int _extraCount;

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
        _count++;
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

        var removed = _parts[position] != 0 ? 1 : 0;
        _count -= removed;
        _extraCount = Math.Max(0, _extraCount - removed);
        _parts[position] = 0;
        SetAvailable(position, false);
        _firstHole = Math.Min(_firstHole, position);
        var pages = _keptPages[position];
        _keptPages[position] = 0;
        return pages;
    }

    /// <summary>Records whether the part at a position is available. An available part has free bits and is not current.</summary>
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
    /// Returns the next position of an available part, and goes round: each call searches from the position after the one that the
    /// previous call returned. Returns -1 if there is no available part.
    /// </summary>
    internal int NextAvailable()
    {
        var words = _capacity >> 6;
        var from = _nextAvailable < _capacity ? _nextAvailable : 0;
        var mask = ulong.MaxValue << from;
        for (int count = 0, index = from >> 6; count <= words && words > 0; count++, index = index + 1 < words ? index + 1 : 0)
        {
            var found = _available[index] & mask;
            mask = ulong.MaxValue;
            if (found != 0)
            {
                var position = (index << 6) + BitOperations.TrailingZeroCount(found);
                _nextAvailable = position + 1;
                return position;
            }
        }

        return -1;
    }

    /// <summary>
    /// True if the heap has few parts of the class. A search then looks at a large fraction of them, and if it finds just one part with
    /// many free blocks, this is probably the extra one.
    /// </summary>
    internal readonly bool IsSmall => _count <= MaxPartsOfSmall;

    /// <summary>
    /// Returns true if the heap may create an extra slab: it may have one, and more up to <see cref="MaxExtraShare"/>.
    /// </summary>
    /// <param name="parts">Number of parts of the slab.</param>
    internal readonly bool MayCreateExtra(int parts) => _extraCount + parts <= Math.Max(parts, _count / MaxExtraShare);

    /// <summary>Counts the parts of an extra slab that the heap has created.</summary>
    internal void CountExtra(int parts) => _extraCount += parts;

    /// <summary>
    /// Counts as many parts as extra as the limit allows, so that no extra slab is created until the heap adds or removes parts. Call
    /// this if there is no room for an extra slab, and if the heap has taken over slabs, since nobody knows which of them are extra.
    /// </summary>
    internal void CountAllExtras() => _extraCount = Math.Max(_extraCount, Math.Max(1, _count / MaxExtraShare));

    /// <summary>
    /// Number of pages of the slab whose first part has this position, if the heap keeps the slab although it is empty; else 0.
    /// </summary>
    internal readonly int KeptPages(int position) => (uint)position < (uint)_capacity ? _keptPages[position] : 0;

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
