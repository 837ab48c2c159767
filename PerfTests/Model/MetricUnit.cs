namespace PerfTests.Model;

/// <summary>Unit of measure: its names, the direction in which values improve, and the conversion from a time per operation.</summary>
/// <param name="Name">Name in results files, such as <c>nanoseconds</c>.</param>
/// <param name="Symbol">Short form for people, such as <c>ns</c>.</param>
/// <param name="Better">Direction in which values improve.</param>
/// <param name="IsCount">True if values are counted: they carry no noise, and may be zero.</param>
public sealed record MetricUnit(string Name, string Symbol, Direction Better, bool IsCount = false)
{
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>Time per operation.</summary>
    public static MetricUnit Nanoseconds { get; } = new("nanoseconds", "ns", Direction.Lower) { BencherMeasure = "latency" };

    /// <summary>Number of times per second that a block is allocated and freed.</summary>
    public static MetricUnit AllocationsPerSecond { get; } = new("alloc/s", "alloc/s", Direction.Higher)
    {
        OpenMetricsName = "allocations_per_second",
        BencherMeasure = "throughput",
    };

    /// <summary>References to KV-cache blocks that are served per second while a trace is replayed.</summary>
    public static MetricUnit BlocksPerSecond { get; } = new("blocks/s", "blocks/s", Direction.Higher)
    {
        OpenMetricsName = "blocks_per_second",
        BencherMeasure = "throughput",
    };

    /// <summary>10^9 bytes copied per second, which equals bytes per nanosecond.</summary>
    public static MetricUnit GigabytesPerSecond { get; } = new("GB/s", "GB/s", Direction.Higher)
    {
        OpenMetricsName = "gigabytes_per_second",
        BencherMeasure = "bandwidth-gigabytes-per-second",
    };

    /// <summary>Ratio of two measurements from the same run.</summary>
    public static MetricUnit Ratio { get; } = new("x", "x", Direction.Higher)
    {
        HasBound = true,
        OpenMetricsName = "ratio",
        BencherMeasure = "speed-up",
    };

    /// <summary>Units by their name in results files.</summary>
    public static IReadOnlyDictionary<string, MetricUnit> ByName => s_byName.Value;

    /// <summary>True if the values are judged by a fixed bound instead of a measured baseline.</summary>
    public bool HasBound { get; init; } = IsCount;

    /// <summary>True for a fraction from 0 to 1, which people read as a percentage, such as <c>51.2 % of free memory</c>.</summary>
    public bool IsFraction { get; init; }

    /// <summary>Last part of names in OpenMetrics, which gives the unit: letters, digits and underscores.</summary>
    public string OpenMetricsName { get; init; } = Name;

    /// <summary>Name of the measure in Bencher's format.</summary>
    public string BencherMeasure { get; init; } = Name.Replace('_', '-');

    /// <summary>Returns the unit with a name or symbol; null if there is none.</summary>
    public static MetricUnit? Find(string text) =>
        ByName.GetValueOrDefault(text) ?? ByName.Values.FirstOrDefault(unit => unit.Symbol == text);

    /// <summary>True for a number per second, such as <c>blocks/s</c>; false for a bandwidth.</summary>
    internal bool IsRate => Symbol.EndsWith("/s", StringComparison.Ordinal) && this != GigabytesPerSecond;

    /// <summary>Returns the symbol for a value, such as <c>instruction</c> for 1 and <c>instructions</c> for 2.</summary>
    internal string SymbolOf(double value) => IsCount && value == 1 ? Symbol.TrimEnd('s') : Symbol;

    /// <summary>Words before a bound: <c>at least</c> or <c>at most</c>.</summary>
    public string BoundWord => Better == Direction.Higher ? "at least" : "at most";

    /// <summary>Converts the time and the copied bytes of an operation to a value in this unit.</summary>
    public double FromTime(double nanosecondsPerOperation, long bytesPerOperation)
    {
        if (this == GigabytesPerSecond)
        {
            return bytesPerOperation / nanosecondsPerOperation;
        }

        return Better == Direction.Higher ? NanosecondsPerSecond / nanosecondsPerOperation : nanosecondsPerOperation;
    }

    /// <summary>The table is created when it is first used, because a class that declares a unit may use the units above.</summary>
    private static readonly Lazy<Dictionary<string, MetricUnit>> s_byName = new(() =>
        new[] { Nanoseconds, AllocationsPerSecond, BlocksPerSecond, GigabytesPerSecond, Ratio }
            .Concat(Declared())
            .DistinctBy(unit => unit.Name, StringComparer.Ordinal)
            .ToDictionary(unit => unit.Name, StringComparer.Ordinal));

    private static IEnumerable<MetricUnit> Declared() => typeof(MetricUnit).Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(IDeclaresUnit)) && !type.IsAbstract && type.GetConstructor(Type.EmptyTypes) is not null)
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .Select(type => ((IDeclaresUnit)Activator.CreateInstance(type)!).Unit);
}
