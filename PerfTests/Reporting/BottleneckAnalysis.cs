using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>
/// Divides the time that the original allocator takes to create, fill and remove a block of 1 MiB into parts. The time to hand the
/// block to another process is listed separately.
/// </summary>
/// <param name="Parts">Measured parts, in the order in which they happen.</param>
/// <param name="Beside">Operations of another process on the block, which are not part of the sum.</param>
/// <param name="Missing">Parts that the run did not measure.</param>
internal sealed record BottleneckAnalysis(
    IReadOnlyList<BottleneckPart> Parts, IReadOnlyList<BottleneckPart> Beside, IReadOnlyList<string> Missing)
{
    private const long BlockBytes = 1 << 20;

    private const double NanosecondsPerSecond = 1e9;

    /// <summary>
    /// Number of first writes per block. The kernel maps each page at its first write, and the metric is the time per page.
    /// </summary>
    private const int PagesPerBlock = (int)(BlockBytes / 4_096);

    /// <summary>
    /// Parts, each with the key of the row that measures it. A key without an allocator is a row of the original allocator.
    /// </summary>
    public static IReadOnlyList<(string Part, string Metric, int Times)> PartsOfOriginal { get; } =
    [
        ("open (openat)", "segment_open_time", 1),
        ("truncate (ftruncate)", "segment_truncate_time", 1),
        ("map (mmap)", "segment_map_time", 1),
        ("touch (first write to each of 256 pages)", "first_touch_time", PagesPerBlock),
        ("copy (1 MiB, to touched pages)", "transfer_1mb_bandwidth", 1),
        ("unmap (munmap, nothing touched)", "segment_unmap_time", 1),
        ("unlink (unlinkat)", "segment_unlink_time", 1),
    ];

    private static readonly (string Part, string Metric, int Times)[] s_beside =
    [
        ("attach (openat and mmap in another process)", "segment_attach_time", 1),
        ("hand over (copied in, signalled, copied out by another process)", "cross_process_transfer_bandwidth", 1),
    ];

    /// <summary>Sum of the times of all measured parts.</summary>
    public double TotalNanoseconds => Parts.Sum(part => part.Nanoseconds);

    /// <summary>Part that takes the most time; null if none was measured.</summary>
    public BottleneckPart? Largest => Parts.MaxBy(part => part.Nanoseconds);

    /// <summary>Analyses the rows of a run.</summary>
    public static BottleneckAnalysis Of(ResultsDocument results) => new(
        Measured(results, PartsOfOriginal),
        Measured(results, s_beside),
        [
            .. PartsOfOriginal.Where(part => Time(results, part.Metric) is null)
                .Select(part => $"{part.Part}: no {part.Metric} in these results"),
        ]);

    /// <summary>Returns the time of a part as a percentage of the time of all measured parts.</summary>
    public double Percent(BottleneckPart part) => 100 * part.Nanoseconds / TotalNanoseconds;

    /// <summary>Returns the time of one operation of a row; null if the row measures neither a time nor a rate.</summary>
    public static double? TimeOf(MetricResult row)
    {
        var figures = RowFigures.Of(row);
        return figures switch
        {
            { Candidate: > 0 } when figures.Unit == MetricUnit.Nanoseconds.Name => figures.Candidate,
            { Candidate: > 0 } when figures.Unit == MetricUnit.AllocationsPerSecond.Name => NanosecondsPerSecond / figures.Candidate,

            // One GB/s is one byte per nanosecond.
            { Candidate: > 0 } when figures.Unit == MetricUnit.GigabytesPerSecond.Name => BlockBytes / figures.Candidate,
            _ => null,
        };
    }

    private static BottleneckPart[] Measured(
        ResultsDocument results, IReadOnlyList<(string Part, string Metric, int Times)> parts) =>
        [.. from part in parts
            let time = Time(results, part.Metric)
            where time is not null
            select new BottleneckPart(part.Part, part.Times * time.Value)];

    private static double? Time(ResultsDocument results, string metric) =>
        results.Metrics.GetValueOrDefault(metric) is { } row ? TimeOf(row) : null;
}

/// <summary>Part of an operation.</summary>
/// <param name="Name">Name of the part.</param>
/// <param name="Nanoseconds">Time that the part takes.</param>
internal sealed record BottleneckPart(string Name, double Nanoseconds);
