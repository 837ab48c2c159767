using PerfTests.Machine;

namespace PerfTests.Metrics.Counted;

/// <summary>
/// Fills arenas with blocks of one size, and of random sizes. The sizes are those with which Mooncake measures its
/// OffsetAllocator (utilisation 0.88 to 1.0 on uniform sizes). They are 32 B times powers of 4 up to 32 MiB, and each of these
/// minus 17 bytes, plus 17 bytes, times 0.9 and times 1.1.
/// </summary>
public static class SizeFilling
{
    /// <summary>Capacity of an arena that is filled with mixed sizes, or with one size of at least a page: 1 GiB.</summary>
    public const long CapacityBytes = 1L << 30;

    /// <summary>
    /// Capacity of an arena that is filled with one size of less than a page: 32 MiB. A million blocks of the smallest size fill
    /// the arena, and every 64 blocks take 704 bytes of metadata. Slabs of one page fill this capacity completely, as they
    /// fill 1 GiB.
    /// </summary>
    public const long CapacityBytesOfSmallSizes = 32L << 20;

    /// <summary>Resources of an arena that is full of the smallest blocks, with eleven bytes of metadata per block.</summary>
    internal static RowNeeds Needs { get; } = ScenarioNeeds.SparseArena(CapacityBytes, 24L << 20);

    /// <summary>Seeds of the random sizes. Each seed gives one run, and the worst run counts.</summary>
    public static IReadOnlyList<int> Seeds { get; } = [1, 2, 3, 4, 5];

    private const long SmallestBytes = 32, LargestBytes = 32L << 20, PageBytes = 4096;

    /// <summary>All sizes, in bytes.</summary>
    public static IReadOnlyList<long> Sizes { get; } =
        [.. Powers().SelectMany(size => new[] { size, size - 17, size + 17, (long)(size * 0.9), (long)(size * 1.1) })];

    /// <summary>Fills an arena with blocks of one size.</summary>
    /// <returns>Requested bytes divided by the capacity.</returns>
    public static double OfSize(long byteCount)
    {
        using var arena = new FilledArena(byteCount < PageBytes ? CapacityBytesOfSmallSizes : CapacityBytes);
        arena.Fill(() => byteCount);
        return arena.Utilisation;
    }

    /// <summary>Fills an arena with blocks of random sizes from the list, frees half of them at random, and fills it again.</summary>
    /// <param name="seed">Seed of the random sizes.</param>
    public static MixedUtilisation OfMixedSizes(int seed)
    {
        var random = new Random(seed);
        using var arena = new FilledArena(CapacityBytes);
        arena.Fill(NextByteCount);
        var filled = arena.Utilisation;
        arena.FreeHalf(random);
        arena.Fill(NextByteCount);
        return new MixedUtilisation(filled, arena.Utilisation);

        long NextByteCount() => Sizes[random.Next(Sizes.Count)];
    }

    /// <summary>Fills an arena as <see cref="OfMixedSizes"/> does, and frees half of the blocks at random.</summary>
    /// <returns>Fraction of free memory that is unusable for requests of 32 MiB, a 32nd of the capacity.</returns>
    public static double UnusableOfMixedSizes(int seed)
    {
        var random = new Random(seed);
        using var arena = new FilledArena(CapacityBytes);
        arena.Fill(() => Sizes[random.Next(Sizes.Count)]);
        arena.FreeHalf(random);
        return arena.UnusableBy(LargestBytes);
    }

    /// <summary>Fills an arena with each size, and returns the lowest utilisation.</summary>
    public static (double Value, string Detail) WorstUniform()
    {
        var (byteCount, value) = Sizes.Select(size => (size, OfSize(size))).MinBy(row => row.Item2);
        return (value, FormattableString.Invariant($"the worst of {Sizes.Count} sizes was {byteCount:N0} B"));
    }

    /// <summary>Returns the lowest utilisation among all seeds when the first request found no room.</summary>
    public static (double Value, string Detail) WorstMixed() => WorstSeed(seed => OfMixedSizes(seed).Filled);

    /// <summary>
    /// Returns the lowest utilisation among all seeds after half of the blocks were freed and the arena was filled again.
    /// </summary>
    public static (double Value, string Detail) WorstRefilled() => WorstSeed(seed => OfMixedSizes(seed).Refilled);

    /// <summary>Returns the highest fragmentation among all seeds after half of the blocks were freed.</summary>
    public static (double Value, string Detail) WorstFragmentation()
    {
        var (value, detail) = WorstSeed(seed => -UnusableOfMixedSizes(seed));
        return (-value, $"for requests of 32 MiB; {detail}");
    }

    private static (double Value, string Detail) WorstSeed(Func<int, double> valueOf)
    {
        var (seed, value) = Seeds.Select(seed => (seed, valueOf(seed))).MinBy(row => row.Item2);
        return (value, FormattableString.Invariant($"the worst of {Seeds.Count} sequences of random sizes had seed {seed}"));
    }

    private static IEnumerable<long> Powers()
    {
        for (var size = SmallestBytes; size <= LargestBytes; size *= 4)
        {
            yield return size;
        }
    }
}

/// <summary>Utilisation of an arena that is filled with blocks of random sizes, as fractions from 0 to 1.</summary>
/// <param name="Filled">Requested bytes divided by capacity when the first request found no room.</param>
/// <param name="Refilled">
/// Requested bytes divided by capacity when a request found no room again, after half of the blocks were freed.
/// </param>
public sealed record MixedUtilisation(double Filled, double Refilled);
