namespace PerfTests.AllocatorComparison;

/// <summary>Renders a Markdown table, padded so that it is also readable on a console.</summary>
internal static class PaddedTable
{
    /// <summary>Returns the table, with a line break after each line.</summary>
    public static string Render(string[] headings, IEnumerable<string[]> rows)
    {
        string[][] lines = [headings, .. rows];
        var widths = Enumerable.Range(0, headings.Length).Select(column => lines.Max(line => line[column].Length)).ToArray();
        var rule = widths.Select(width => new string('-', width)).ToArray();
        return string.Concat(lines[..1].Append(rule).Concat(lines[1..]).Select(line =>
            $"| {string.Join(" | ", line.Select((cell, column) => cell.PadRight(widths[column])))} |\n"));
    }
}
