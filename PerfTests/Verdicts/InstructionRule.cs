namespace PerfTests.Verdicts;

/// <summary>
/// Judges counts of instructions. A count has no noise. The tolerance allows for changes that no one would notice, such as one
/// instruction in an operation of hundreds.
/// </summary>
public static class InstructionRule
{
    /// <summary>Largest change that passes, in percent of the baseline.</summary>
    public const double TolerancePercent = 2;

    /// <summary>Smallest number of instructions per operation that counts as a change.</summary>
    public const double SmallestChange = 1;

    /// <summary>
    /// Compares a count with the baseline's count, both per operation. A regression exceeds the tolerance in percent, and has at
    /// least one instruction more; an improvement has as many fewer. The verdict is inconclusive if one of the values cannot have
    /// been counted.
    /// </summary>
    /// <param name="candidate">Count of the version that is judged.</param>
    /// <param name="baseline">Count of the version to compare with.</param>
    /// <param name="tolerancePercent">Largest change that passes, in percent of the baseline.</param>
    public static Verdict Compare(double candidate, double baseline, double tolerancePercent = TolerancePercent)
    {
        if (!CountRule.IsPossible(candidate) || !CountRule.IsPossible(baseline))
        {
            return Verdict.Inconclusive;
        }

        var increase = Math.Round(candidate - baseline, CountRule.Decimals);
        var isChange = Math.Abs(increase) >= SmallestChange
            && Math.Abs(increase) > Math.Round(baseline * tolerancePercent / 100, CountRule.Decimals);
        return !isChange ? Verdict.Passed : increase > 0 ? Verdict.Regressed : Verdict.Improved;
    }
}
