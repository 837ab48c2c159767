namespace PerfTests.Reporting;

/// <summary>Columns of text for a terminal: the first and the last begin at the left, figures between them end at the right.</summary>
internal static class TextTable
{
    /// <summary>A line per row, with two spaces between the columns.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => column == 0 || column == widths.Length - 1
            ? cell.PadRight(widths[column])
            : cell.PadLeft(widths[column]))).TrimEnd());
    }
}
