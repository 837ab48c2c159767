using FluentAssertions;
using PerfTests.ArenaChecks;
using Shm.Arena;
using Xunit;

namespace PerfTests.Tests.Arena;

/// <summary>
/// Tests that two heaps write to no common cache line while they allocate and free blocks of their own slabs. Threads that write to a
/// common line slow each other down, the more the more cores there are.
/// </summary>
[Category("Arena")]
public sealed unsafe class HeapLineTests : IDisposable
{
    private const int LineBytes = 64;

    private readonly ShmArena _arena = SparseArena.Create(4 << 20);
    private readonly ArenaMemory _memory;

    public HeapLineTests()
    {
        _memory = MappedMemory.Of(_arena);

        // Reading the metadata takes memory for those of its pages that were never written.
        Requires.SharedMemory(_memory.Layout.Data);
    }

    public void Dispose() => _arena.Dispose();

    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(4096)]
    public void AllocateAndFree_TwoHeaps_WriteNoCommonCacheLine(long byteCount)
    {
        using var first = _arena.OpenHeap();
        using var second = _arena.OpenHeap();

        // The first allocation of a heap takes a slab from the supply, which all heaps share.
        LinesWritten(first, byteCount).Should().IntersectWith(LinesWritten(second, byteCount));
        var ofFirst = LinesWritten(first, byteCount);
        ofFirst.Should().HaveCountGreaterThan(1).And.NotIntersectWith(LinesWritten(second, byteCount));
    }

    /// <summary>
    /// Returns the lines of the metadata whose content an allocation or a free changes, and the line of the field that names the
    /// entered part, which has its old value again afterwards.
    /// </summary>
    private HashSet<long> LinesWritten(ShmHeap heap, long byteCount)
    {
        var metadata = new ReadOnlySpan<byte>(_memory.Header, (int)_memory.Layout.Data);
        var before = metadata.ToArray();
        var block = heap.Allocate(byteCount);
        var between = metadata.ToArray();
        heap.Free(block);
        var after = metadata.ToArray();
        HashSet<long> lines = [.. Enumerable.Range(0, before.Length)
            .Where(at => before[at] != between[at] || between[at] != after[at])
            .Select(at => (long)at / LineBytes)];
        var slot = _memory.Heap(HeapToken.HeapIndexOf(heap.Slabs.Owner));
        lines.Add(((byte*)&slot->EnteredPart - (byte*)_memory.Header) / LineBytes);
        return lines;
    }
}
