namespace PerfTests.Metrics.Exact;

/// <summary>
/// How much of an arena's capacity requests can have: a count, so it has no noise. Sizes are those that Mooncake's
/// OffsetAllocator is measured with (0.88 to 1.0 on uniform sizes): 32 B times powers of 4 up to 32 MiB, and each
/// 17 bytes less, 17 bytes more, times 0.9 and times 1.1.
/// </summary>
public static class ArenaUtilisation
{
    /// <summary>The capacity of arenas for sizes of a page and more, and for mixed sizes: 1 GiB.</summary>
    public const long CapacityBytes = 1L << 30;

    /// <summary>
    /// The capacity of arenas for smaller sizes: 128 MiB. Each 64 blocks take 704 bytes of metadata, which would be
    /// a third of a GiB for 1 GiB of the smallest; that slabs of one page fit without a rest is the same in both.
    /// </summary>
    public const long CapacityBytesOfSmallSizes = 128L << 20;

    private const long SmallestBytes = 32, LargestBytes = 32L << 20, PageBytes = 4096;

    /// <summary>All sizes, in bytes.</summary>
    public static IReadOnlyList<long> Sizes { get; } = [.. Powers().SelectMany(size => new[] { size, size - 17, size + 17, (long)(size * 0.9), (long)(size * 1.1) })];

    /// <summary>Fills an arena with blocks of one size.</summary>
    /// <returns>Requested bytes divided by the capacity.</returns>
    public static double OfSize(long byteCount)
    {
        using var arena = new FilledArena(byteCount < PageBytes ? CapacityBytesOfSmallSizes : CapacityBytes);
        arena.Fill(() => byteCount);
        return arena.Utilisation;
    }

    /// <summary>Fills an arena with blocks of random sizes from the list, frees half of them at random, and fills it again.</summary>
    /// <param name="seed">What the random sizes depend on.</param>
    public static MixedUtilisation OfMixedSizes(int seed)
    {
        var random = new Random(seed);
        using var arena = new FilledArena(CapacityBytes);
        arena.Fill(NextByteCount);
        var filled = arena.Utilisation;
        arena.FreeHalf(random);
        var fragmentationHalfFree = arena.Fragmentation;
        arena.Fill(NextByteCount);
        return new MixedUtilisation(filled, fragmentationHalfFree, arena.Utilisation, arena.Fragmentation);

        long NextByteCount() => Sizes[random.Next(Sizes.Count)];
    }

    private static IEnumerable<long> Powers()
    {
        for (var size = SmallestBytes; size <= LargestBytes; size *= 4)
        {
            yield return size;
        }
    }
}

/// <summary>What random sizes leave of an arena. Each is a share from 0 to 1.</summary>
/// <param name="Filled">Requested bytes by capacity when the first request found no room.</param>
/// <param name="FragmentationHalfFree">After freeing half: free pages that are not in their longest run.</param>
/// <param name="Refilled">Requested bytes by capacity when, after that, a request found no room again.</param>
/// <param name="FragmentationRefilled">Free pages that are not in their longest run then.</param>
public sealed record MixedUtilisation(double Filled, double FragmentationHalfFree, double Refilled, double FragmentationRefilled);
