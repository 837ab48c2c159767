using System.Runtime.Intrinsics;

namespace Shm.Core;

/// <summary>
/// Copying past the cache. What is longer than the cache is out of it again before anybody reads it: to write it
/// around the cache saves reading each line of the destination first.
/// </summary>
internal static unsafe class StreamingCopy
{
    private const int LineByteCount = 64;

    internal static bool IsSupported => Vector512.IsHardwareAccelerated || Vector256.IsHardwareAccelerated;

    internal static void Copy(byte* source, byte* destination, long byteCount)
    {
        // Non-temporal stores want whole aligned lines: a line written in part is slower than a usual store.
        long head = Math.Min(byteCount, -(nint)destination & (LineByteCount - 1));
        long lines = (byteCount - head) & -LineByteCount;
        Buffer.MemoryCopy(source, destination, head, head);
        if (Vector512.IsHardwareAccelerated)
        {
            CopyLines512(source + head, destination + head, lines);
        }
        else
        {
            CopyLines256(source + head, destination + head, lines);
        }

        // Non-temporal stores are not ordered with later ones; a peer must not see "ready" before the bytes.
        Interlocked.MemoryBarrier();
        long copied = head + lines;
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
            Vector256<byte> first = Vector256.Load(source + offset);
            Vector256<byte> second = Vector256.Load(source + offset + 32);
            Vector256.StoreAlignedNonTemporal(first, destination + offset);
            Vector256.StoreAlignedNonTemporal(second, destination + offset + 32);
        }
    }
}
