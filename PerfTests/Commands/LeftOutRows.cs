using PerfTests.Reporting;
using PerfTests.Results;

namespace PerfTests.Commands;

/// <summary>Reports rows of a results file that a verb cannot use.</summary>
internal static class LeftOutRows
{
    /// <summary>Writes one line for each unusable row, with the reason.</summary>
    public static void Name(ResultsDocument document, TextWriter output)
    {
        foreach (var (key, reason) in document.UnusableRows)
        {
            output.WriteLine($"left out: {SafeText.OneLine(key)}: {SafeText.OneLine(reason)}");
        }
    }
}
