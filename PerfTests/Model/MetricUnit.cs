namespace PerfTests.Model;

/// <summary>A unit of measure: its names, which way it improves, and how a time per operation becomes a value in it.</summary>
/// <param name="Name">The name in result files, e.g. <c>nanoseconds</c>.</param>
/// <param name="Symbol">The short form for people, e.g. <c>ns</c>.</param>
/// <param name="Better">Which way values in this unit improve.</param>
/// <param name="IsCount">True if values are counted: they have no noise, and may be zero.</param>
/// <param name="HasBounds">True if what values are judged by is a bound, and no figure that was measured.</param>
public sealed record MetricUnit(string Name, string Symbol, Direction Better, bool IsCount = false, bool HasBounds = false)
{
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>Time per operation.</summary>
    public static MetricUnit Nanoseconds { get; } = new("nanoseconds", "ns", Direction.Lower);

    /// <summary>Allocate-and-free cycles per second.</summary>
    public static MetricUnit AllocationsPerSecond { get; } = new("alloc/s", "alloc/s", Direction.Higher);

    /// <summary>References to KV-cache blocks served per second.</summary>
    public static MetricUnit BlocksPerSecond { get; } = new("blocks/s", "blocks/s", Direction.Higher);

    /// <summary>10^9 bytes copied per second; as a byte per nanosecond is the same figure.</summary>
    public static MetricUnit GigabytesPerSecond { get; } = new("GB/s", "GB/s", Direction.Higher);

    /// <summary>A ratio of two measurements of one run.</summary>
    public static MetricUnit Ratio { get; } = new("x", "x", Direction.Higher, HasBounds: true);

    /// <summary>A count of bytes; exact.</summary>
    public static MetricUnit Bytes { get; } = new("bytes", "B", Direction.Lower, IsCount: true);

    /// <summary>A count of system calls; exact.</summary>
    public static MetricUnit SystemCalls { get; } = new("system_calls", "system calls", Direction.Lower, IsCount: true);

    /// <summary>A count of page faults; exact.</summary>
    public static MetricUnit PageFaults { get; } = new("page_faults", "page faults", Direction.Lower, IsCount: true);

    /// <summary>The share of a capacity that is in use, from 0 to 1; of counted bytes, so exact.</summary>
    public static MetricUnit UsedRatio { get; } = new("used_ratio", "of the capacity", Direction.Higher, IsCount: true, HasBounds: true);

    /// <summary>The share of free memory that cannot be used, from 0 to 1; of counted bytes, so exact.</summary>
    public static MetricUnit UnusableRatio { get; } = new("unusable_ratio", "of free memory", Direction.Lower, IsCount: true, HasBounds: true);

    /// <summary>All units, by the name in result files.</summary>
    public static IReadOnlyDictionary<string, MetricUnit> ByName { get; } =
        new[] { Nanoseconds, AllocationsPerSecond, BlocksPerSecond, GigabytesPerSecond, Ratio, Bytes, SystemCalls, PageFaults, UsedRatio, UnusableRatio }
            .ToDictionary(unit => unit.Name, StringComparer.Ordinal);

    /// <summary>Gets the unit that a file spells by its name or by its symbol; null if there is none.</summary>
    public static MetricUnit? Find(string text) =>
        ByName.GetValueOrDefault(text) ?? ByName.Values.FirstOrDefault(unit => unit.Symbol == text);

    /// <summary>What a bound in this unit is called: <c>at least</c> or <c>at most</c>.</summary>
    public string BoundWord => Better == Direction.Higher ? "at least" : "at most";

    /// <summary>The value in this unit of an operation that takes so long and moves so many bytes.</summary>
    public double FromTime(double nanosecondsPerOperation, long bytesPerOperation)
    {
        if (this == GigabytesPerSecond)
        {
            return bytesPerOperation / nanosecondsPerOperation;
        }

        return Better == Direction.Higher ? NanosecondsPerSecond / nanosecondsPerOperation : nanosecondsPerOperation;
    }
}
