using System.Numerics;
using System.Runtime.InteropServices;

namespace Shm.Arena;

/// <summary>
/// A heap's slab parts of one size class, in private memory that no other process can reach. A part keeps its
/// position for as long as the heap has it, because others are told the position.
/// </summary>
internal unsafe struct PartList
{
    private uint* _parts;
    private ulong* _available;
    private ulong* _kept;
    private int _capacity;
    private int _firstHole;
    private int _firstAvailable;

    /// <summary>Positions that were ever used, rounded up to 64.</summary>
    internal readonly int Capacity => _capacity;

    /// <summary>The part at a position; 0 if there is none.</summary>
    internal readonly uint this[int position] => (uint)position < (uint)_capacity ? _parts[position] : 0;

    internal int Add(uint part)
    {
        int position = _firstHole;
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

    internal void Remove(int position)
    {
        if ((uint)position >= (uint)_capacity)
        {
            return;
        }

        _parts[position] = 0;
        SetAvailable(position, false);
        SetKept(position, false);
        _firstHole = Math.Min(_firstHole, position);
    }

    internal void SetAvailable(int position, bool isAvailable)
    {
        Set(_available, position, isAvailable);
        _firstAvailable = isAvailable && (uint)position < (uint)_capacity ? Math.Min(_firstAvailable, position >> 6) : _firstAvailable;
    }

    /// <summary>The lowest position that is available; -1 if there is none.</summary>
    internal int FirstAvailable()
    {
        for (int word = _firstAvailable; word < _capacity >> 6; word++)
        {
            _firstAvailable = word;
            if (_available[word] != 0)
            {
                return (word << 6) + BitOperations.TrailingZeroCount(_available[word]);
            }
        }

        return -1;
    }

    /// <summary>Whether the slab whose first part this is counts among those that are kept although no block is out.</summary>
    internal readonly bool IsKept(int position) => (uint)position < (uint)_capacity && (_kept[position >> 6] & (1UL << position)) != 0;

    internal readonly void SetKept(int position, bool isKept) => Set(_kept, position, isKept);

    internal void Free()
    {
        NativeMemory.Free(_parts);
        NativeMemory.Free(_available);
        NativeMemory.Free(_kept);
        this = default;
    }

    /// <summary>A position that there is not, which only a corrupt arena can name, changes nothing.</summary>
    private readonly void Set(ulong* words, int position, bool value)
    {
        if ((uint)position >= (uint)_capacity)
        {
            return;
        }

        ulong bit = 1UL << position;
        ref ulong word = ref words[position >> 6];
        word = value ? word | bit : word & ~bit;
    }

    private void Grow()
    {
        int capacity = Math.Max(64, _capacity * 2);
        _parts = (uint*)Grown(_parts, _capacity * sizeof(uint), capacity * sizeof(uint));
        _available = (ulong*)Grown(_available, _capacity / 8, capacity / 8);
        _kept = (ulong*)Grown(_kept, _capacity / 8, capacity / 8);
        _capacity = capacity;
    }

    private static void* Grown(void* memory, int oldByteCount, int newByteCount)
    {
        byte* grown = (byte*)NativeMemory.Realloc(memory, (nuint)newByteCount);
        NativeMemory.Clear(grown + oldByteCount, (nuint)(newByteCount - oldByteCount));
        return grown;
    }
}
