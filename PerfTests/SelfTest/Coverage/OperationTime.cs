using PerfTests.Planting.Operations;

namespace PerfTests.SelfTest.Coverage;

/// <summary>Computes the time that one call of an operation takes.</summary>
internal static class OperationTime
{
    /// <summary>Shortest time that the probe measures well, in nanoseconds: several times the time of reading the clock.</summary>
    private const double MinProbedNanoseconds = 250;

    /// <summary>
    /// Returns the time of one call, in nanoseconds; not a number if no row calls the operation. The time of a long call is measured
    /// with a clock. A short call takes at most the time of each row, divided by the row's number of calls.
    /// </summary>
    public static double Of(Operation operation, IEnumerable<RowProfile> profiles)
    {
        var least = double.PositiveInfinity;
        foreach (var profile in profiles)
        {
            if (profile.Uses.TryGetValue(operation, out var use))
            {
                least = Math.Min(least, profile.Nanoseconds / use.CallsPerOperation);
                least = use.NanosecondsPerCall >= MinProbedNanoseconds ? Math.Min(least, use.NanosecondsPerCall) : least;
            }
        }

        return double.IsFinite(least) ? least : double.NaN;
    }
}
