using System.Runtime.Intrinsics;
using Shm.Core.Native;

namespace Shm.Core;

/// <summary>Chooses by the properties of the processor which method copies ranges of which length.</summary>
/// <param name="CopiesByVectors">
/// True if vectors in managed code copy the ranges that fit into the first-level cache; false if the C library does.
/// </param>
/// <param name="CachedToByteCount">Length of the longest range that is copied as one that fits into the first-level cache.</param>
/// <param name="StreamingFromByteCount">Length of the shortest range that is copied with non-temporal stores.</param>
internal readonly record struct CopyMethods(bool CopiesByVectors, long CachedToByteCount, long StreamingFromByteCount)
{
    /// <summary>Sizes of caches that are assumed if the processor does not report them.</summary>
    private const long DefaultFirstLevelByteCount = 32L << 10, DefaultLastLevelByteCount = 32L << 20;

    /// <summary>
    /// Greatest length that may be copied without letting the garbage collector run, as a copy by vectors and a call without
    /// transition do. If none of the pages is mapped, such a copy takes about 0.1 ms.
    /// </summary>
    private const long MaxCachedByteCount = 32L << 10;

    /// <summary>Lower bound for the length of copies with non-temporal stores.</summary>
    // From three quarters of the last-level cache on, the C library uses non-temporal stores by itself.
    private const long MinStreamingByteCount = 16L << 20;

    /// <summary>Methods for the processor of this process.</summary>
    internal static CopyMethods Current { get; } = For(ProcessorFeatures.Read(), Vector256.IsHardwareAccelerated);

    /// <summary>Returns the methods for a processor.</summary>
    /// <param name="features">Properties of the processor.</param>
    /// <param name="hasVectors">True if the processor has vectors of 256 bits.</param>
    internal static CopyMethods For(ProcessorFeatures features, bool hasVectors)
    {
        // Source and destination together must fit into the first-level cache.
        var firstLevel = features.FirstLevelByteCount > 0 ? features.FirstLevelByteCount : DefaultFirstLevelByteCount;
        var lastLevel = features.LastLevelByteCount > 0 ? features.LastLevelByteCount : DefaultLastLevelByteCount;
        return new CopyMethods(
            hasVectors && !(features.IsIntel && features.HasFastShortRepMov),
            Math.Min(firstLevel / 2, MaxCachedByteCount),
            Math.Max(MinStreamingByteCount, lastLevel / 2));
    }
}
