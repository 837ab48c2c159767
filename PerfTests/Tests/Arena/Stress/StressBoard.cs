using System.Runtime.InteropServices;
using Shm.Core;

namespace PerfTests.Tests.Arena.Stress;

/// <summary>
/// Memory that the threads of a stress test share beside the arena: a bit for each 4 bytes of the arena, which shows at once if
/// two threads hold the same byte, and boxes through which threads pass blocks to one another.
/// </summary>
internal sealed unsafe class StressBoard : IDisposable
{
    private const int Granule = 4, BoxCount = 32, BoxesByteCount = 4096;
    private const int Empty = 0, InUse = 1, Full = 2;

    private readonly ShmSegment _segment;
    private readonly Box* _boxes;
    private readonly ulong* _taken;

    private StressBoard(ShmSegment segment)
    {
        _segment = segment;
        _boxes = (Box*)segment.Address;
        _taken = (ulong*)(segment.Address + BoxesByteCount);
    }

    internal string Name => _segment.Name;

    internal bool IsClear => new ReadOnlySpan<byte>(_taken, (int)(_segment.Length - BoxesByteCount)).IndexOfAnyExcept((byte)0) < 0;

    internal static StressBoard Create(long capacityBytes) =>
        new(ShmSegment.CreateExclusive(BoxesByteCount + (capacityBytes / Granule / 8)));

    internal static StressBoard Open(string name) => new(ShmSegment.Open(name, BoxesByteCount));

    /// <summary>Marks bytes as taken.</summary>
    /// <returns>False if any of the bytes was taken already.</returns>
    internal bool TryTake(long offset, long byteCount) => Change(offset, byteCount, isTaken: true);

    /// <summary>Marks bytes as free.</summary>
    /// <returns>False if any of the bytes was free already.</returns>
    internal bool TryReturn(long offset, long byteCount) => Change(offset, byteCount, isTaken: false);

    internal bool TryPost(int number, in StressBlock block)
    {
        ref var box = ref _boxes[(uint)number % BoxCount];
        if (Interlocked.CompareExchange(ref box.State, InUse, Empty) != Empty)
        {
            return false;
        }

        box.Block = block;
        Volatile.Write(ref box.State, Full);
        return true;
    }

    internal bool TryCollect(int number, out StressBlock block)
    {
        ref var box = ref _boxes[(uint)number % BoxCount];
        block = default;
        if (Interlocked.CompareExchange(ref box.State, InUse, Full) != Full)
        {
            return false;
        }

        block = box.Block;
        Volatile.Write(ref box.State, Empty);
        return true;
    }

    public void Dispose() => _segment.Dispose();

    private bool Change(long offset, long byteCount, bool isTaken)
    {
        var isAsExpected = true;
        var end = (offset + byteCount) / Granule;
        for (var bit = offset / Granule; bit < end;)
        {
            var first = (int)(bit & 63);
            var count = (int)Math.Min(64 - first, end - bit);
            var mask = (ulong.MaxValue >> (64 - count)) << first;
            ref var word = ref _taken[bit >> 6];
            var before = isTaken ? Interlocked.Or(ref word, mask) : Interlocked.And(ref word, ~mask);
            isAsExpected &= (before & mask) == (isTaken ? 0 : mask);
            bit += count;
        }

        return isAsExpected;
    }

    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct Box
    {
        internal int State;
        internal StressBlock Block;
    }
}

/// <summary>Block that one thread fills, and that the same or another thread frees.</summary>
internal readonly record struct StressBlock(ShmBlock Block, ulong Stamp, bool IsOffered);
