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
        return unseen.Length > 0
                ? $"No row saw a slowdown of 20 % of {string.Join(", ", unseen)}. Add a row, or a reason to ExemptOperations."
            : promised < MinPromisedCoverage * result.Operations.Count
                ? FormattableString.Invariant($"Rows saw the smallest promised slowdown of only {promised} of {result.Operations.Count} ")
                    + FormattableString.Invariant($"operations; {100 * MinPromisedCoverage:0} % are needed.")
            : idle.Length > 0 ? $"In no trial regressed: {string.Join(", ", idle)}."
            : null;
    }
}
