using PerfTests.Statistics;
using PerfTests.Verdicts;

namespace PerfTests.SelfTest;

/// <summary>Decides whether a self-test passed.</summary>
internal static class SelfTestRule
{
    /// <summary>
    /// Promised detection rate. A self-test fails if its trials show with 95 % confidence that the rate is lower. A single
    /// false negative is not enough to show that.
    /// </summary>
    private const double MinDetectionRate = 0.95;

    /// <summary>Returns the reason why a self-test failed; null if it passed.</summary>
    // Verdicts by stored values alone are reported but do not fail the self-test, because in a performance run, pairing must
    // confirm them.
    public static string? FindFault(IReadOnlyList<RowTally> tallies)
    {
        VerdictTally[] pairs = [.. tallies.SelectMany(tally => new[] { tally.Equal, tally.Slowed, tally.SourceSlowed })];
        var trials = pairs.Sum(tally => tally.Trials);
        var unmeasured = tallies.Where(tally => tally.Unmeasured is not null).Select(tally => (tally.Row, tally.Unmeasured!)).ToArray();
        return UnmeasuredRow.FindFault(unmeasured) is { } failed ? failed
            : trials == 0 && unmeasured is [var (row, why), ..]
                ? $"No trial ended, because this machine lacks what the rows need. {row.Label}: {why.FirstLine}."
            : trials == 0
                ? "No trial ended: allow more time with --minutes."
            : pairs.Sum(tally => tally.Count(Verdict.Inconclusive)) > trials / 2
                ? "Most trials were inconclusive: this machine is too noisy for a self-test. Stop other programs and run again."
            : tallies.Any(tally => tally.Equal.Count(Verdict.Regressed) > 0)
                ? "Equal versions regressed: the table lists the false regressions."
            : FindFault("slowed benchmarks", tallies.Select(tally => tally.Slowed))
                ?? FindFault("slowdowns in the sources", tallies.Select(tally => tally.SourceSlowed));
    }

    private static string? FindFault(string kind, IEnumerable<VerdictTally> slowed)
    {
        // An inconclusive trial is neither a detection nor a false negative.
        VerdictTally[] tallies = [.. slowed];
        var trials = tallies.Sum(tally => tally.Trials);
        var decided = trials - tallies.Sum(tally => tally.Count(Verdict.Inconclusive));
        return trials > 0 && decided == 0
                ? $"All trials of {kind} were inconclusive. Stop other programs and run again."
            : BinomialBound.Upper(tallies.Sum(tally => tally.Count(Verdict.Regressed)), decided) < MinDetectionRate
                ? FormattableString.Invariant($"Fewer than {100 * MinDetectionRate:0} % of {kind} were detected.")
            : null;
    }
}
