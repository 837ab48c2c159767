namespace PerfTests.Model;

/// <summary>Unit of measure: its names, the direction in which it improves, and the conversion from a time per operation.</summary>
/// <param name="Name">Name in results files, e.g. <c>nanoseconds</c>.</param>
/// <param name="Symbol">Short form for people, e.g. <c>ns</c>.</param>
/// <param name="Better">Direction in which values improve.</param>
/// <param name="IsCount">True if values are counted: they have no noise, and may be zero.</param>
/// <param name="HasBounds">True if values are judged by a fixed bound, rather than by a measured baseline.</param>
public sealed record MetricUnit(string Name, string Symbol, Direction Better, bool IsCount = false, bool HasBounds = false)
{
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>Time per operation.</summary>
    public static MetricUnit Nanoseconds { get; } = new("nanoseconds", "ns", Direction.Lower);

    /// <summary>Cycles of allocating and freeing per second.</summary>
    public static MetricUnit AllocationsPerSecond { get; } = new("alloc/s", "alloc/s", Direction.Higher);

    /// <summary>References to KV-cache blocks served per second.</summary>
    public static MetricUnit BlocksPerSecond { get; } = new("blocks/s", "blocks/s", Direction.Higher);

    /// <summary>10^9 bytes copied per second, which equals bytes per nanosecond.</summary>
    public static MetricUnit GigabytesPerSecond { get; } = new("GB/s", "GB/s", Direction.Higher);

    /// <summary>Ratio of two measurements of one run.</summary>
    public static MetricUnit Ratio { get; } = new("x", "x", Direction.Higher, HasBounds: true);

    /// <summary>Number of bytes; exact.</summary>
    public static MetricUnit Bytes { get; } = new("bytes", "B", Direction.Lower, IsCount: true);

    /// <summary>Number of system calls; exact.</summary>
    public static MetricUnit SystemCalls { get; } = new("system_calls", "system calls", Direction.Lower, IsCount: true);

    /// <summary>Number of page faults; exact.</summary>
    public static MetricUnit PageFaults { get; } = new("page_faults", "page faults", Direction.Lower, IsCount: true);

    /// <summary>Fraction of a capacity that is in use, from 0 to 1; of counted bytes, so exact.</summary>
    public static MetricUnit UsedRatio { get; } =
        new("used_ratio", "of the capacity", Direction.Higher, IsCount: true, HasBounds: true);

    /// <summary>Fraction of free memory that is unusable for large requests, from 0 to 1; of counted bytes, so exact.</summary>
    public static MetricUnit UnusableRatio { get; } =
        new("unusable_ratio", "of free memory", Direction.Lower, IsCount: true, HasBounds: true);

    /// <summary>All units, by their name in results files.</summary>
    public static IReadOnlyDictionary<string, MetricUnit> ByName { get; } =
        new[]
        {
            Nanoseconds, AllocationsPerSecond, BlocksPerSecond, GigabytesPerSecond, Ratio, Bytes, SystemCalls, PageFaults, UsedRatio,
            UnusableRatio,
        }.ToDictionary(unit => unit.Name, StringComparer.Ordinal);

    /// <summary>Returns the unit of this name or symbol; null if there is none.</summary>
    public static MetricUnit? Find(string text) =>
        ByName.GetValueOrDefault(text) ?? ByName.Values.FirstOrDefault(unit => unit.Symbol == text);

    /// <summary>Words before a bound in this unit: <c>at least</c> or <c>at most</c>.</summary>
    public string BoundWord => Better == Direction.Higher ? "at least" : "at most";

    /// <summary>Converts the time of an operation, and the bytes that it copies, into a value of this unit.</summary>
    public double FromTime(double nanosecondsPerOperation, long bytesPerOperation)
    {
        if (this == GigabytesPerSecond)
        {
            return bytesPerOperation / nanosecondsPerOperation;
        }

        return Better == Direction.Higher ? NanosecondsPerSecond / nanosecondsPerOperation : nanosecondsPerOperation;
    }
}
