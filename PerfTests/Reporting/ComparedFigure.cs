using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Reporting;

/// <summary>A figure of two files.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Before">What is compared with.</param>
/// <param name="After">What is judged.</param>
/// <param name="WorsePercent">How much worse it became; null where that cannot be said.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Note">Why it cannot be compared, or null.</param>
public sealed record ComparedFigure(string Key, MetricResult Before, MetricResult After, double? WorsePercent, Verdict Verdict, string? Note)
{
    internal static ComparedFigure Of(string key, MetricResult before, MetricResult after, Tolerance tolerance)
    {
        if (before.Unit != after.Unit)
        {
            return new ComparedFigure(key, before, after, null, Verdict.NotComparable, $"{before.Unit} and {after.Unit}");
        }

        if (before.Workload != after.Workload)
        {
            return new ComparedFigure(key, before, after, null, Verdict.NotComparable, $"replayed {before.Workload ?? "an unnamed trace"} and {after.Workload ?? "an unnamed trace"}");
        }

        var better = MetricUnit.ByName[after.Unit].Better;

        // A count has no noise, so any more is worse; and nothing is a percentage of none.
        if (MetricUnit.ByName[after.Unit].IsCount)
        {
            var worse = CountOf(after).CompareTo(CountOf(before)) * (better == Direction.Lower ? 1 : -1);
            return new ComparedFigure(key, before, after, null, worse switch { > 0 => Verdict.Regressed, 0 => Verdict.Passed, _ => Verdict.Improved }, null);
        }

        var comparison = before.Launches is { Count: > 0 } && after.Launches is { Count: > 0 }
            ? StoredBaselineRule.Compare(better, Figures(after.Launches), Figures(before.Launches), tolerance)
            : StoredBaselineRule.Compare(better, after.Value, before.Value, tolerance);
        var verdict = comparison switch
        {
            { IsSuspect: true } => Verdict.Regressed,
            { IsBetter: true } => Verdict.Improved,
            _ => Verdict.Passed,
        };
        return new ComparedFigure(key, before, after, comparison.WorsePercent, verdict, null);
    }

    /// <summary>The digits that people are shown: a share of many bytes moves in the sixth place with any word of metadata.</summary>
    private static double CountOf(MetricResult figure) => Math.Round(figure.Value, FigureNoise.CountDecimals);

    private static LaunchFigures[] Figures(IReadOnlyList<LaunchResult> launches) =>
        [.. launches.Select(launch => new LaunchFigures(launch.FloorNanoseconds, launch.ReferenceNanoseconds, launch.ParallelReferenceNanoseconds))];
}
