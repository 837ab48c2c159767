namespace PerfTests.Verdicts;

/// <summary>Compares two rows of one run that were measured one after the other.</summary>
public static class UnpairedRatio
{
    /// <summary>Largest relative difference that counts as equal. The speed of the machine changes by this much between two rows.</summary>
    private const double EqualFraction = 0.05;

    /// <summary>
    /// Returns 1 if a ratio shows an improvement, -1 if it shows a change for the worse, and 0 if the rows count as equal. Returns null if
    /// the ratio cannot come from two measured values.
    /// </summary>
    public static int? Sign(double improvement) => improvement switch
    {
        _ when !MeasuredTime.IsPossible(improvement) => null,
        > 1 + EqualFraction => 1,
        < 1 - EqualFraction => -1,
        _ => 0,
    };
}
