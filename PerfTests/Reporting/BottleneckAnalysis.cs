using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>
/// Which part of making, filling and removing a block of 1 MiB takes which share, in the original allocator; and what
/// it takes to hand that block to another process.
/// </summary>
/// <param name="Parts">The parts that were measured, in the order in which they happen.</param>
/// <param name="Beside">What another process has to do with the block, which is no part of the sum.</param>
/// <param name="Missing">The parts that this run did not measure.</param>
internal sealed record BottleneckAnalysis(
    IReadOnlyList<BottleneckPart> Parts, IReadOnlyList<BottleneckPart> Beside, IReadOnlyList<string> Missing)
{
    private const long BlockBytes = 1 << 20;

    /// <summary>Each page of a new segment is mapped when it is first written to; the metric is of one page.</summary>
    private const int PagesPerBlock = (int)(BlockBytes / 4_096);

    /// <summary>Each part, and the metric that measures it; a bare name means the original allocator's row.</summary>
    private static readonly (string Part, string Metric, int Times)[] s_parts =
    [
        ("open (shm_open)", "segment_open_time", 1),
        ("truncate (ftruncate)", "segment_truncate_time", 1),
        ("map (mmap)", "segment_map_time", 1),
        ("touch (first write to each of 256 pages)", "first_touch_time", PagesPerBlock),
        ("copy (1 MiB, to touched pages)", "transfer_1mb_bandwidth", 1),
        ("unmap (munmap, nothing touched)", "segment_unmap_time", 1),
        ("unlink (shm_unlink)", "segment_unlink_time", 1),
    ];

    private static readonly (string Part, string Metric, int Times)[] s_beside =
    [
        ("attach (shm_open and mmap in another process)", "segment_attach_time", 1),
        ("hand over (copied in, signalled, copied out by another process)", "cross_process_transfer_bandwidth", 1),
    ];

    /// <summary>The time of all parts that were measured.</summary>
    public double TotalNanoseconds => Parts.Sum(part => part.Nanoseconds);

    /// <summary>The part that takes most; null if nothing was measured.</summary>
    public BottleneckPart? Largest => Parts.MaxBy(part => part.Nanoseconds);

    /// <summary>Analyses the figures of a run.</summary>
    public static BottleneckAnalysis Of(ResultsDocument results) => new(
        Measured(results, s_parts),
        Measured(results, s_beside),
        [.. s_parts.Where(part => Time(results, part.Metric) is null).Select(part => $"{part.Part}: no {part.Metric} in these results")]);

    /// <summary>The share of a part, in percent of the parts that were measured.</summary>
    public double Percent(BottleneckPart part) => 100 * part.Nanoseconds / TotalNanoseconds;

    private static BottleneckPart[] Measured(ResultsDocument results, (string Part, string Metric, int Times)[] parts) =>
        [.. from part in parts
            let time = Time(results, part.Metric)
            where time is not null
            select new BottleneckPart(part.Part, part.Times * time.Value)];

    private static double? Time(ResultsDocument results, string metric) => results.Metrics.GetValueOrDefault(metric) switch
    {
        { Value: > 0 } figure when figure.Unit == MetricUnit.Nanoseconds.Name => figure.Value,

        // GB/s are bytes per nanosecond.
        { Value: > 0 } figure when figure.Unit == MetricUnit.GigabytesPerSecond.Name => BlockBytes / figure.Value,
        _ => null,
    };
}

/// <summary>A part of an operation.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Nanoseconds">What it takes.</param>
internal sealed record BottleneckPart(string Name, double Nanoseconds);
