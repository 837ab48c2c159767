using PerfTests.Reporting;
using PerfTests.Results;

namespace PerfTests.Commands;

/// <summary>Names the rows of a file that a verb leaves out.</summary>
internal static class LeftOutRows
{
    /// <summary>Writes a line for each row that cannot be used, with the reason.</summary>
    public static void Name(ResultsDocument document, TextWriter output)
    {
        foreach (var (key, reason) in document.UnusableRows)
        {
            output.WriteLine($"left out: {SafeText.OneLine(key)}: {SafeText.OneLine(reason)}");
        }
    }
}
