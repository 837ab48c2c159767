namespace PerfTests.Verdicts;

/// <summary>Judges counted values. A count has no noise, so any difference in the shown digits is a change.</summary>
public static class CountRule
{
    /// <summary>Decimals to which averages and fractions of counts are compared. Later digits change with every byte of metadata.</summary>
    public const int Decimals = 3;

    /// <summary>Tells whether a value can have been counted: it is finite and not negative.</summary>
    public static bool IsPossible(double value) => double.IsFinite(value) && value >= 0;

    /// <summary>
    /// Compares a count with an earlier count, and returns the verdict. The verdict is inconclusive if one of the values cannot have
    /// been counted.
    /// </summary>
    public static Verdict Compare(Direction direction, double candidate, double baseline)
    {
        if (!IsPossible(candidate) || !IsPossible(baseline))
        {
            return Verdict.Inconclusive;
        }

        var increase = Math.Round(candidate, Decimals).CompareTo(Math.Round(baseline, Decimals));
        return (direction == Direction.Lower ? increase : -increase) switch
        {
            > 0 => Verdict.Regressed,
            0 => Verdict.Passed,
            _ => Verdict.Improved,
        };
    }
}
