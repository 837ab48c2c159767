using System.Globalization;
using System.Text;
using PerfTests.Results;
using PerfTests.Statistics;

namespace PerfTests.AllocatorComparison;

/// <summary>Tables in Markdown, padded so that a console shows them well too.</summary>
internal static class AllocatorComparisonTable
{
    private const string None = "-";

    private static readonly string[] s_headings =
        ["block", "arena", "allocator", "native loop", "arena / native loop", "P/Invoke", "arena / P/Invoke", "goal", "goal met"];

    /// <summary>The whole report.</summary>
    public static string Render(AllocatorComparisonReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# The arena beside other allocators\n\n{report.Metadata.MachineClass}, commit {report.Metadata.GitCommit ?? "unknown"}{(report.Metadata.GitDirty ? " with changes" : string.Empty)}, {report.Timestamp.UtcDateTime:yyyy-MM-dd HH:mm} UTC\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Nanoseconds per allocate and free, medians. Ratios are of chunks taken in turn in {report.Processes} fresh processes: median (lower to upper quartile); below 1 the arena is faster. The goals are about the native loop, which has no call from managed code in it. Only the arena and Boost.Interprocess serve shared memory.\n\n");
        List(text, "Not measured, because it is not here:", report.Missing);
        List(text, "Disturbances:", report.Disturbances);
        foreach (var workload in report.Rows.GroupBy(row => row.Workload))
        {
            text.Append(CultureInfo.InvariantCulture, $"## {Title(workload.Key)}\n\n{Rows([.. workload])}\n");
        }

        return text.ToString();
    }

    /// <summary>A table of rows.</summary>
    public static string Rows(IReadOnlyList<AllocatorComparisonRow> rows)
    {
        string[][] lines = [s_headings, .. rows.SelectMany(row => row.Others.Select(other => Cells(row, other)))];
        var widths = Enumerable.Range(0, s_headings.Length).Select(column => lines.Max(line => line[column].Length)).ToArray();
        var rule = widths.Select(width => new string('-', width)).ToArray();
        return string.Concat(lines[..1].Append(rule).Concat(lines[1..]).Select(line =>
            $"| {string.Join(" | ", line.Select((cell, column) => cell.PadRight(widths[column])))} |\n"));
    }

    /// <summary>A workload, for people.</summary>
    public static string Title(Workload workload) => workload switch
    {
        Workload.Pairs => "Allocate and free at once",
        Workload.RandomBatches => "256 allocations, then 256 frees in random order",
        Workload.TwoThreadsPairs => "Two threads: allocate and free at once; time per pair of both together",
        Workload.TwoThreadsBatches => "Two threads: 64 allocations, then 64 frees in random order; time per pair of both together",
        Workload.RemoteFrees => "One thread allocates, another frees",
        _ => throw new ArgumentOutOfRangeException(nameof(workload), workload, "not a workload"),
    };

    private static string[] Cells(AllocatorComparisonRow row, NativeAllocatorResult other) =>
    [
        Size(row.BlockBytes),
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

    private static string Size(int bytes) => bytes switch
    {
        >= 1 << 20 => FormattableString.Invariant($"{bytes >> 20} MiB"),
        >= 1 << 10 => FormattableString.Invariant($"{bytes >> 10} KiB"),
        _ => FormattableString.Invariant($"{bytes} B"),
    };

    private static string Time(Quartiles? time) => time is null ? None : $"{ValueText.Format(time.Median)} ns";

    private static string Ratio(Quartiles? ratio) =>
        ratio is null ? None : $"{ValueText.Format(ratio.Median)} ({ValueText.Format(ratio.Lower)} to {ValueText.Format(ratio.Upper)})";

    private static string Goal(NativeAllocatorGoal? goal) => goal switch
    {
        null => None,
        { StretchRatio: { } stretch } => $"at most {ValueText.Format(goal.AtMostRatio)}, better {ValueText.Format(stretch)}",
        _ => $"at most {ValueText.Format(goal.AtMostRatio)}",
    };

    private static string Met(NativeAllocatorResult other) => other switch
    {
        { Goal: null } => None,
        { MeetsGoal: null } => "unknown: no native loop",
        { MeetsGoal: true } => "met" + Doubt(other),
        _ => "NOT MET" + Doubt(other),
    };

    /// <summary>Said where other quartiles than the median would have said otherwise.</summary>
    private static string Doubt(NativeAllocatorResult other) =>
        other.NativeLoopRatio!.Lower <= other.Goal!.AtMostRatio && other.NativeLoopRatio.Upper > other.Goal.AtMostRatio ? ", within the spread" : string.Empty;
}
