namespace PerfTests.SelfTest.Coverage;

/// <summary>Decides whether the rows cover the operations.</summary>
internal static class CoverageRule
{
    /// <summary>Fraction of the operations whose smallest promised slowdown a row must see.</summary>
    private const double MinPromisedCoverage = 0.95;

    /// <summary>Returns the reason why the rows do not cover the operations; null if they do.</summary>
    public static string? FindFault(CoverageResult result)
    {
        var unseen = result.Operations.Where(one => !one.IsSeen(SlowdownSize.FifthOfOperation)).Select(one => one.Operation.Name).ToArray();
        var promised = result.CountSeen(SlowdownSize.SmallestPromised);
        var idle = result.Idle.Select(row => row.Label).ToArray();
        return UnmeasuredRow.FindFault(result.Unmeasured.Select(pair => (pair.Key, pair.Value))) is { } failed ? failed
            : unseen.Length > 0
                ? $"No row saw a slowdown of 20 % of {string.Join(", ", unseen)}. {Remedy(result)}"
            : promised < MinPromisedCoverage * result.Operations.Count
                ? FormattableString.Invariant($"Rows saw the smallest promised slowdown of only {promised} of {result.Operations.Count} ")
                    + FormattableString.Invariant($"operations; {100 * MinPromisedCoverage:0} % are needed.")
            : idle.Length > 0 ? $"In no trial regressed: {string.Join(", ", idle)}."
            : null;
    }

    private static string Remedy(CoverageResult result) => result.Unmeasured.Count == 0
        ? "Add a row, or a reason to ExemptOperations."
        : $"{CountText.Of(result.Unmeasured.Count, "row")} could not be measured here; coverage.md gives the reasons. "
            + "Run again where all rows can be measured, or add a row, or a reason to ExemptOperations.";
}
