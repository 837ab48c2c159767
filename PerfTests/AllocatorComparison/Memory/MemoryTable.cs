namespace PerfTests.AllocatorComparison.Memory;

/// <summary>Renders the memory that allocators use at the peak.</summary>
internal static class MemoryTable
{
    private const string Introduction = """
        ## Memory in use at the peak

        Largest growth of the resident memory of a fresh process, after all pages of all blocks were written to, beside the largest sum
        of the requested sizes of live blocks.


        """;

    private static readonly string[] s_headings = ["workload", "block", "allocator", "requested", "in use", "in use / requested"];

    /// <summary>Returns the section; empty if no memory was measured.</summary>
    public static string Render(AllocatorComparisonReport report) =>
        report.Rows.Any(row => row.Memory.Count > 0) ? $"{Introduction}{Rows(report.Rows)}\n" : string.Empty;

    /// <summary>Returns the table, with one line for each row and each allocator.</summary>
    public static string Rows(IReadOnlyList<AllocatorComparisonRow> rows) => PaddedTable.Render(
        s_headings,
        rows.SelectMany(row => row.Memory.Select(memory => new[]
        {
            $"{row.Workload}",
            row.SizeText,
            memory.Allocator,
            Mebibytes(memory.RequestedBytes),
            Mebibytes(memory.ResidentBytes),
            ValueText.Format(memory.Ratio),
        })));

    private static string Mebibytes(long bytes) => $"{ValueText.Format(bytes / (double)(1 << 20))} MiB";
}
