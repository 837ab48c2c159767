namespace PerfTests.Reporting;

/// <summary>Aligns columns for a terminal: the first and the last two to the left, the values between them to the right.</summary>
internal static class TextTable
{
    /// <summary>Returns one line per row, with two spaces between columns.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => column == 0 || column >= widths.Length - 2
            ? cell.PadRight(widths[column])
            : cell.PadLeft(widths[column]))).TrimEnd());
    }
}
