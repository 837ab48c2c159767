using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Shm.Arena;

/// <summary>
/// Current part of a class, and a stack of its former parts. A part becomes a former part if it has a free block when a free makes
/// another part current. It may have lost the free block since. An entry lies in private memory, and one thread at a time uses it.
/// </summary>
internal unsafe struct CurrentPart
{
    /// <summary>
    /// First and greatest size of the stack, in parts. A part that finds no room on the stack is found by the search among the available
    /// parts.
    /// </summary>
    private const int MinCapacity = 16, MaxCapacity = 1024;

    /// <summary>The current part; the sentinel part if there is none.</summary>
    internal SlabPart* Part;

    private ulong* _former;
    private int _count;
    private int _capacity;

    /// <summary>Makes a part current. The part that was current becomes a former part if it has a free block.</summary>
    /// <returns>
    /// The part that was current, if it has a free block but the stack has no room for it; otherwise null. The stack of a class whose
    /// slabs have one block has no room.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal SlabPart* Replace(SlabPart* part)
    {
        var former = Part;
        Part = part;
        if (former->FreeBits != 0 && former != part)
        {
            if (_count == _capacity)
            {
                return former;
            }

            _former[_count++] = (ulong)former;
        }

        return null;
    }

    /// <summary>Makes a part a former part, unless the stack is full.</summary>
    internal void Push(SlabPart* part)
    {
        if (_count == _capacity && _capacity < MaxCapacity)
        {
            var capacity = Math.Max(MinCapacity, _capacity * 2);
            _former = (ulong*)NativeMemory.Realloc(_former, (nuint)capacity * sizeof(ulong));
            _capacity = capacity;
        }

        if (_count < _capacity)
        {
            _former[_count++] = (ulong)part;
        }
    }

    /// <summary>True if there is a former part.</summary>
    internal readonly bool HasFormer => _count != 0;

    /// <summary>Makes the latest former part current. Returns false if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryRestore()
    {
        if (_count == 0)
        {
            return false;
        }

        Part = (SlabPart*)_former[--_count];
        return true;
    }

    /// <summary>Forgets a part that leaves the heap.</summary>
    internal void Forget(SlabPart* part)
    {
        Part = Part == part ? CurrentParts.Sentinel : Part;
        for (var index = 0; index < _count; index++)
        {
            _former[index] = _former[index] == (ulong)part ? (ulong)CurrentParts.Sentinel : _former[index];
        }
    }

    /// <summary>Forgets all parts.</summary>
    internal void Clear()
    {
        Part = CurrentParts.Sentinel;
        _count = 0;
    }

    /// <summary>Frees the private memory.</summary>
    internal readonly void Free() => NativeMemory.Free(_former);
}
