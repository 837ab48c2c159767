using System.Runtime.Intrinsics;

namespace Shm.Core;

/// <summary>
/// Copies long ranges with non-temporal stores, which bypass the cache. A normal store first reads the destination's line into
/// the cache. A copy of a range longer than the cache gains nothing from this read.
/// </summary>
internal static unsafe class StreamingCopy
{
    private const int LineByteCount = 64;

    /// <summary>True if the processor has vectors of at least 256 bits.</summary>
    internal static bool IsSupported => Vector512.IsHardwareAccelerated || Vector256.IsHardwareAccelerated;

    /// <summary>Copies a range. Source and destination must not overlap.</summary>
    internal static void Copy(byte* source, byte* destination, long byteCount)
    {
        // Non-temporal stores need whole aligned lines: a partly written line is slower than a normal store.
        var head = Math.Min(byteCount, -(nint)destination & (LineByteCount - 1));
        var lines = (byteCount - head) & -LineByteCount;
        Buffer.MemoryCopy(source, destination, head, head);
        if (Vector512.IsHardwareAccelerated)
        {
            CopyLines512(source + head, destination + head, lines);
        }
        else
        {
            CopyLines256(source + head, destination + head, lines);
        }

        // Non-temporal stores are not ordered with later stores. Without the barrier, another process could see a "ready" flag
        // before the bytes.
        Interlocked.MemoryBarrier();
        var copied = head + lines;
        Buffer.MemoryCopy(source + copied, destination + copied, byteCount - copied, byteCount - copied);
    }

    private static void CopyLines512(byte* source, byte* destination, long byteCount)
    {
        for (long offset = 0; offset < byteCount; offset += LineByteCount)
        {
            Vector512.StoreAlignedNonTemporal(Vector512.Load(source + offset), destination + offset);
        }
    }

    private static void CopyLines256(byte* source, byte* destination, long byteCount)
    {
        for (long offset = 0; offset < byteCount; offset += LineByteCount)
        {
            var first = Vector256.Load(source + offset);
            var second = Vector256.Load(source + offset + 32);
            Vector256.StoreAlignedNonTemporal(first, destination + offset);
            Vector256.StoreAlignedNonTemporal(second, destination + offset + 32);
        }
    }
}
