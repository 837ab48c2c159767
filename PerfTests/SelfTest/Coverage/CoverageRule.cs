namespace PerfTests.SelfTest.Coverage;

/// <summary>Decides whether the rows cover the operations.</summary>
internal static class CoverageRule
{
    /// <summary>Fraction of the operations whose smallest promised slowdown a row must see.</summary>
    private const double LeastPromisedCoverage = 0.95;

    /// <summary>Returns the number of operations whose slowdown of a size a row saw.</summary>
    public static int CountSeen(CoverageTrials trials, SlowdownSize size) => trials.Operations.Count(one => one.IsSeen(size));

    /// <summary>Returns the reason why the rows do not cover the operations; null if they do.</summary>
    /// <param name="trials">Finished trials.</param>
    /// <param name="isWhole">True if all operations were tried, so that each row must have regressed once.</param>
    public static string? FindFault(CoverageTrials trials, bool isWhole)
    {
        var unseen = trials.Operations.Where(one => !one.IsSeen(SlowdownSize.FifthOfOperation)).Select(one => one.Operation.Name).ToArray();
        var promised = CountSeen(trials, SlowdownSize.SmallestPromised);
        var idle = trials.Profiles.Where(profile => !trials.Reddened.Contains(profile.Row)).Select(profile => profile.Row.Label).ToArray();
        return unseen.Length > 0
                ? $"No row saw a slowdown of 20 % of {string.Join(", ", unseen)}. Add a row, or a reason to ExemptOperations."
            : promised < LeastPromisedCoverage * trials.Operations.Count
                ? FormattableString.Invariant(
                    $"A row saw the smallest promised slowdown of only {promised} of {trials.Operations.Count} operations; ")
                    + FormattableString.Invariant($"{100 * LeastPromisedCoverage:0} % are needed.")
            : isWhole && idle.Length > 0 ? $"No slowdown reddened {string.Join(", ", idle)}."
            : null;
    }
}
