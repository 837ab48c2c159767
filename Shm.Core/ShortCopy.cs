using System.Runtime.Intrinsics;

namespace Shm.Core;

/// <summary>
/// Copying what fits into the first-level cache without leaving managed code: the runtime's own copy calls the C
/// library from 2 KiB or so on, and the way there is a fifth of the time of a page.
/// </summary>
internal static unsafe class ShortCopy
{
    /// <summary>Shorter ones the runtime itself copies without a call.</summary>
    internal const long LeastByteCount = 1024;

    /// <summary>Half of a first-level cache of 32 KiB, as source and destination must both fit.</summary>
    internal const long MostByteCount = 16 << 10;

    private const int StepByteCount = 256;

    internal static bool IsSupported => Vector512.IsHardwareAccelerated;

    /// <summary>Copies from <see cref="LeastByteCount"/> on between places that do not overlap.</summary>
    internal static void Copy(byte* source, byte* destination, long byteCount)
    {
        // The last step ends with the range and may repeat what the one before it copied.
        for (long offset = 0; offset < byteCount; offset += StepByteCount)
        {
            long start = Math.Min(offset, byteCount - StepByteCount);
            Vector512<byte> first = Vector512.Load(source + start);
            Vector512<byte> second = Vector512.Load(source + start + 64);
            Vector512<byte> third = Vector512.Load(source + start + 128);
            Vector512<byte> fourth = Vector512.Load(source + start + 192);
            first.Store(destination + start);
            second.Store(destination + start + 64);
            third.Store(destination + start + 128);
            fourth.Store(destination + start + 192);
        }
    }
}
