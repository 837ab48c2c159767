using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>Which part of giving a block of 1 MiB to another process takes which share, in the original allocator.</summary>
/// <param name="Parts">The parts that were measured, in the order in which they happen.</param>
/// <param name="Missing">The parts that this run did not measure.</param>
internal sealed record BottleneckAnalysis(IReadOnlyList<BottleneckPart> Parts, IReadOnlyList<string> Missing)
{
    private const string TransferMetric = "transfer_1mb_bandwidth";

    /// <summary>1 MiB in the unit of a bandwidth: bytes per nanosecond, which GB/s is.</summary>
    private const double BlockBytes = 1 << 20;

    /// <summary>Each part, and the metrics that measure it; the first that is there counts.</summary>
    private static readonly (string Part, string[] Metrics)[] s_parts =
    [
        ("open (shm_open)", ["segment_open_time"]),
        ("truncate (ftruncate)", ["segment_truncate_time"]),
        ("map (mmap)", ["segment_map_time"]),
        ("touch (first access of each page)", ["segment_touch_time", "first_touch_time"]),
        ("copy (1 MiB)", [TransferMetric]),
        ("unmap (munmap)", ["segment_unmap_time"]),
        ("unlink (shm_unlink)", ["segment_unlink_time"]),
    ];

    /// <summary>The time of all parts that were measured.</summary>
    public double TotalNanoseconds => Parts.Sum(part => part.Nanoseconds);

    /// <summary>The part that takes most; null if nothing was measured.</summary>
    public BottleneckPart? Largest => Parts.MaxBy(part => part.Nanoseconds);

    /// <summary>Analyses the figures of a run.</summary>
    public static BottleneckAnalysis Of(ResultsDocument results)
    {
        var measured = s_parts.Select(part => (part.Part, part.Metrics, Nanoseconds: Time(results, part.Metrics))).ToArray();
        return new BottleneckAnalysis(
            [.. measured.Where(part => part.Nanoseconds is not null).Select(part => new BottleneckPart(part.Part, part.Nanoseconds!.Value))],
            [.. measured.Where(part => part.Nanoseconds is null).Select(part => $"{part.Part}: no {string.Join(" or ", part.Metrics)} in these results")]);
    }

    /// <summary>The share of a part, in percent of the parts that were measured.</summary>
    public double Percent(BottleneckPart part) => 100 * part.Nanoseconds / TotalNanoseconds;

    private static double? Time(ResultsDocument results, string[] metrics)
    {
        var figure = metrics
            .Select(metric => results.Metrics.Values.FirstOrDefault(figure => (figure.Metric ?? figure.Name) == metric && figure.Allocator is Allocators.Shm or null))
            .FirstOrDefault(found => found is not null);
        return figure switch
        {
            null or { Value: 0 } => null,
            _ when figure.Unit == MetricUnit.GigabytesPerSecond.Name => BlockBytes / figure.Value,
            _ when figure.Unit == MetricUnit.Nanoseconds.Name => figure.Value,
            _ => null,
        };
    }
}

/// <summary>A part of an operation.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Nanoseconds">What it takes.</param>
internal sealed record BottleneckPart(string Name, double Nanoseconds);
