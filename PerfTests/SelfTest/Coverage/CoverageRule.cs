using PerfTests.Metrics;

namespace PerfTests.SelfTest.Coverage;

/// <summary>Decides whether the rows cover the operations.</summary>
internal static class CoverageRule
{
    /// <summary>Fraction of the operations whose smallest promised slowdown a row must see.</summary>
    private const double MinPromisedCoverage = 0.95;

    /// <summary>Returns the reason why the rows do not cover the operations; null if they do.</summary>
    public static string? FindFault(CoverageResult result)
    {
        var unseen = Unseen(result, SlowdownSize.FifthOfOperation);
        var unpromised = Unseen(result, SlowdownSize.SmallestPromised);
        var idle = result.Idle.Select(row => row.Label).ToArray();
        return UnmeasuredRow.FindFault(result.Unmeasured.Select(pair => (pair.Key, pair.Value))) is { } failed ? failed
            : result.Measured.Count == 0 ? $"No row was measured. {result.Unmeasured.Select(Describe).FirstOrDefault()}"
            : unseen.Length > 0
                ? $"No row saw a slowdown of 20 % of {string.Join(", ", unseen)}. {Remedy(result)}"
            : unpromised.Length > (1 - MinPromisedCoverage) * result.Operations.Count
                ? $"No row saw the smallest promised slowdown of {string.Join(", ", unpromised)}. At most "
                    + FormattableString.Invariant($"{100 * (1 - MinPromisedCoverage):0} % of the operations may be missed. ")
                    + Remedy(result)
            : idle.Length > 0
                ? $"These rows regressed in no trial: {string.Join(", ", idle)}. coverage.md lists the verdicts. If a row's trials are "
                    + "inconclusive, run self-test --coverage --metric with the id of its metric on a quiet machine. Otherwise reduce the "
                    + "row's paired limits in perfsettings.json, or repair its benchmark."
            : null;
    }

    private static string[] Unseen(CoverageResult result, SlowdownSize size) =>
        [.. result.Operations.Where(one => !one.IsSeen(size)).Select(one => one.Operation.Name)];

    private static string Describe(KeyValuePair<MetricRow, UnmeasuredRow> unmeasured) => unmeasured.Value.Describe(unmeasured.Key);

    private static string Remedy(CoverageResult result) => result.Unmeasured.Count == 0
        ? "Add a row, or a reason to ExemptOperations."
        : $"{CountText.Of(result.Unmeasured.Count, "row")} could not be measured here; coverage.md gives the reasons. "
            + "Run again where all rows can be measured, or add a row, or a reason to ExemptOperations.";
}
