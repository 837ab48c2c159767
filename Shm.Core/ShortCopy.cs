using System.Runtime.CompilerServices;
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

    private const int StepByteCount = 512;
    private const int VectorByteCount = 64;

    internal static bool IsSupported => Vector512.IsHardwareAccelerated;

    /// <summary>Copies from <see cref="LeastByteCount"/> on between places that do not overlap.</summary>
    internal static void Copy(byte* source, byte* destination, long byteCount)
    {
        long last = byteCount - StepByteCount;
        for (long offset = 0; offset < last; offset += StepByteCount)
        {
            CopyStep(source + offset, destination + offset);
        }

        // Ends with the range, and may repeat some of what the step before it copied.
        CopyStep(source + last, destination + last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyStep(byte* source, byte* destination)
    {
        Vector512<byte> first = Vector512.Load(source);
        Vector512<byte> second = Vector512.Load(source + VectorByteCount);
        Vector512<byte> third = Vector512.Load(source + (2 * VectorByteCount));
        Vector512<byte> fourth = Vector512.Load(source + (3 * VectorByteCount));
        Vector512<byte> fifth = Vector512.Load(source + (4 * VectorByteCount));
        Vector512<byte> sixth = Vector512.Load(source + (5 * VectorByteCount));
        Vector512<byte> seventh = Vector512.Load(source + (6 * VectorByteCount));
        Vector512<byte> eighth = Vector512.Load(source + (7 * VectorByteCount));
        first.Store(destination);
        second.Store(destination + VectorByteCount);
        third.Store(destination + (2 * VectorByteCount));
        fourth.Store(destination + (3 * VectorByteCount));
        fifth.Store(destination + (4 * VectorByteCount));
        sixth.Store(destination + (5 * VectorByteCount));
        seventh.Store(destination + (6 * VectorByteCount));
        eighth.Store(destination + (7 * VectorByteCount));
    }
}
