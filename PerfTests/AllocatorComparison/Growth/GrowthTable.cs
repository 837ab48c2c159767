using PerfTests.Statistics;

namespace PerfTests.AllocatorComparison.Growth;

/// <summary>Renders times of operations of the arena at several sizes.</summary>
internal static class GrowthTable
{
    private static readonly string[] s_headings = ["operation", "size", "median", "lower to upper quartile"];

    private static readonly (double Nanoseconds, string Unit)[] s_units = [(1e9, "s"), (1e6, "ms"), (1e3, "µs"), (1, "ns")];

    /// <summary>Returns the section; empty if nothing was measured.</summary>
    public static string Render(AllocatorComparisonReport report)
    {
        var picture = GrowthChart.Render(report.Rows, report.Growth) is null
            ? string.Empty
            : $"![Time by live blocks]({GrowthChart.FileName})\n\n";
        return report.Growth.Count > 0 ? $"## How times of the arena grow\n\n{picture}{Rows(report.Growth)}\n" : picture;
    }

    /// <summary>Returns the table, with one line for each operation and size.</summary>
    public static string Rows(IReadOnlyList<GrowthRow> rows) => PaddedTable.Render(
        s_headings,
        rows.Select(row => new[]
        {
            row.Operation,
            FormattableString.Invariant($"{row.Size:N0} {row.Axis}"),
            Time(row.Nanoseconds.Median),
            Range(row.Nanoseconds),
        }));

    /// <summary>Returns a time in the largest unit in which it is at least 1.</summary>
    internal static string Time(double nanoseconds)
    {
        var (factor, unit) = s_units.FirstOrDefault(one => nanoseconds >= one.Nanoseconds, s_units[^1]);
        return $"{ValueText.Format(nanoseconds / factor)} {unit}";
    }

    private static string Range(Quartiles time) => $"{Time(time.Lower)} to {Time(time.Upper)}";
}
