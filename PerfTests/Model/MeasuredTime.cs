namespace PerfTests.Model;

/// <summary>
/// Tells which times can have been measured. Every comparison with NaN is false, so a rule that compared an impossible time would
/// find no change.
/// </summary>
public static class MeasuredTime
{
    /// <summary>Returns true if a value is finite and above zero.</summary>
    public static bool IsPossible(double value) => double.IsFinite(value) && value > 0;

    /// <summary>Returns true if there is at least one value, and all values are finite and above zero.</summary>
    public static bool ArePossible(IReadOnlyCollection<double> values) => values.Count > 0 && values.All(IsPossible);
}
