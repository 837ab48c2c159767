using PerfTests.Metrics.Counted;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>Finds counts of instructions that explain why the time of a row changed.</summary>
internal static class InstructionEvidence
{
    /// <summary>Change in percent that reports show as 0.0 %.</summary>
    private const double InvisiblePercent = 0.05;

    /// <summary>
    /// Instruction rows by the key of the timed row whose benchmark they count. A benchmark is counted by one row at most.
    /// </summary>
    private static readonly Lazy<Dictionary<string, CountedRow>> s_byTimedRow = new(() => CountedMetrics.All
        .SelectMany(metric => metric.Rows)
        .Where(row => row.Counting is Counting.Instructions)
        .DistinctBy(row => ((Counting.Instructions)row.Counting).Row.Key)
        .ToDictionary(row => ((Counting.Instructions)row.Counting).Row.Key, StringComparer.Ordinal));

    /// <summary>
    /// Returns the instructions of a row's benchmark before and after, and the methods that changed; null if the run did not compare
    /// them. A row that counts instructions is its own evidence.
    /// </summary>
    public static string? Of(ResultsDocument results, MetricResult row)
    {
        var counted = row.CompilationTarget is not null ? row
            : s_byTimedRow.Value.TryGetValue(row.Name, out var known) ? results.Metrics.GetValueOrDefault(known.Key)
            : null;
        if (counted is null || RowFigures.Of(counted) is not { Base: not null } figures)
        {
            return null;
        }

        var methods = counted.Judgement?.Methods is { Count: > 0 } changes ? MethodText.Of(changes) : string.Empty;
        var step = Math.Abs(figures.ChangePercent ?? 0) < InvisiblePercent
            ? $"same number of instructions ({FigureText.Candidate(figures)}), so the cause is not more work"
            : FigureText.Step(figures);
        return counted == row ? methods : methods.Length > 0 ? $"{step}: {methods}" : step;
    }
}
