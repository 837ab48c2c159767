using System.Globalization;
using System.Text;
using PerfTests.AllocatorComparison.Growth;
using PerfTests.AllocatorComparison.Memory;
using PerfTests.AllocatorComparison.Scaling;
using PerfTests.Statistics;

namespace PerfTests.AllocatorComparison;

/// <summary>Renders a comparison as Markdown tables, padded so that they are also readable on a console.</summary>
internal static class AllocatorComparisonTable
{
    private const string Heading = "# The arena and other allocators";
    private const string None = "-";

    private static readonly string[] s_headings =
        ["block", "arena", "allocator", "native loop", "arena / native loop", "P/Invoke", "arena / P/Invoke", "goal", "goal met"];

    /// <summary>Returns the whole report.</summary>
    public static string Render(AllocatorComparisonReport report)
    {
        var text = new StringBuilder();
        var commit = (report.Metadata.GitCommit ?? "unknown") + (report.Metadata.GitDirty ? " with uncommitted changes" : string.Empty);
        text.Append(
            CultureInfo.InvariantCulture,
            $"{Heading}\n\n{report.Metadata.MachineClass}, commit {commit}, {report.Timestamp.UtcDateTime:yyyy-MM-dd HH:mm} UTC\n\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
            Times are medians, in nanoseconds per allocation and free. A ratio is the arena's time divided by the other allocator's
            time; below 1 the arena is faster. Ratios are shown as median (lower to upper quartile) of samples that were taken in
            turn in {CountText.Of(report.Processes, "fresh process")}.
            Goals refer to the native loop, which contains no calls from managed code. Only the arena and Boost.Interprocess allocate
            shared memory.


            """);
        List(text, "Measured allocators:", report.Versions);
        List(text, "Not measured, because these are missing on this machine:", report.Missing);
        List(text, "Disturbances:", report.Disturbances);
        foreach (var workload in report.Rows.GroupBy(row => row.Workload))
        {
            text.Append(CultureInfo.InvariantCulture, $"## {Title(workload.Key)}\n\n{Rows([.. workload])}\n");
        }

        text.Append(MemoryTable.Render(report));
        text.Append(GrowthTable.Render(report));
        return text.Append(ScalingTables.Render(report)).ToString();
    }

    /// <summary>
    /// Returns one table, with one line for each row and each other allocator. A row without other allocators has one line.
    /// </summary>
    public static string Rows(IReadOnlyList<AllocatorComparisonRow> rows) =>
        PaddedTable.Render(s_headings, rows.SelectMany(row => row.Others.Count == 0
            ? [[row.SizeText, Time(row.ArenaNanoseconds), .. Enumerable.Repeat(None, s_headings.Length - 2)]]
            : row.Others.Select(other => Cells(row, other))));

    /// <summary>Returns the title of a workload.</summary>
    public static string Title(Workload workload) => workload switch
    {
        Workload.Pairs => "Each block is freed immediately",
        Workload.RandomBatches => "256 allocations, then 256 frees in random order",
        Workload.TwoThreadsPairs => "Two threads: each block is freed immediately; elapsed time divided by the blocks of both threads",
        Workload.TwoThreadsBatches =>
            "Two threads: 64 allocations, then 64 frees in random order; elapsed time divided by the blocks of both threads",
        Workload.RemoteFrees => "One thread allocates, another thread frees: producer and consumer over a ring",
        Workload.Larson => "Two threads replace random blocks and hand all of them over to each other (larson)",
        Workload.CacheScratch => "Two threads write to blocks that one thread allocated, and to their own (cache-scratch)",
        Workload.LogUniformSizes => "Random blocks among 256 live blocks are replaced, with sizes uniform on a logarithmic scale",
        Workload.TraceReplay => "A KV-cache trace is replayed, with the sizes of its own blocks",
        Workload.RandomChurn => "Random blocks among many live blocks are replaced",
        _ => throw new ArgumentOutOfRangeException(nameof(workload), workload, "not a workload"),
    };

    private static string[] Cells(AllocatorComparisonRow row, NativeAllocatorResult other) =>
    [
        row.SizeText,
        Time(row.ArenaNanoseconds),
        other.Allocator,
        Time(other.NativeLoopNanoseconds),
        Ratio(other.NativeLoopRatio),
        Time(other.PInvokeNanoseconds),
        Ratio(other.PInvokeRatio),
        Goal(other.Goal),
        Met(other),
    ];

    private static void List(StringBuilder text, string heading, IReadOnlyList<string> items)
    {
        if (items.Count > 0)
        {
            text.Append(heading).Append("\n\n").AppendJoin(string.Empty, items.Select(item => $"- {item}\n")).Append('\n');
        }
    }

    private static string Time(Quartiles? time) => time is null ? None : $"{ValueText.Format(time.Median)} ns";

    private static string Ratio(Quartiles? ratio) =>
        ratio is null ? None : $"{ValueText.Format(ratio.Median)} ({ValueText.Format(ratio.Lower)} to {ValueText.Format(ratio.Upper)})";

    private static string Goal(NativeAllocatorGoal? goal) => goal switch
    {
        null => None,
        { StretchRatio: { } stretch } => $"at most {ValueText.Format(goal.AtMostRatio)}, ideally {ValueText.Format(stretch)}",
        _ => $"at most {ValueText.Format(goal.AtMostRatio)}",
    };

    private static string Met(NativeAllocatorResult other) => other switch
    {
        { Goal: null } => None,
        { MeetsGoal: null } => "unknown: no native loop",
        { MeetsGoal: true } => "met" + Doubt(other),
        _ => "NOT MET" + Doubt(other),
    };

    /// <summary>
    /// Returns a note if the median meets the goal but the upper quartile does not, or if only the lower quartile meets the
    /// goal.
    /// </summary>
    private static string Doubt(NativeAllocatorResult other) =>
        other.MeetsGoal == true && other.NativeLoopRatio!.Upper > other.Goal!.AtMostRatio ? " (upper quartile: not met)"
        : other.MeetsGoal == false && other.NativeLoopRatio!.Lower <= other.Goal!.AtMostRatio ? " (lower quartile: met)"
        : string.Empty;
}
