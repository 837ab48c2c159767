using PerfTests.Metrics;

namespace PerfTests.SelfTest.Coverage;

/// <summary>Rule that sets the size of a slowdown of an operation.</summary>
internal enum SlowdownSize
{
    /// <summary>20 % of the operation's own time.</summary>
    FifthOfOperation,

    /// <summary>The smallest slowdown that pairing promises to detect: two points more than the tolerance of a row.</summary>
    SmallestPromised,
}

/// <summary>Trial of one slowdown of one operation with one row.</summary>
/// <param name="Row">Row that was measured.</param>
/// <param name="ExpectedPercent">Slowdown of the row that follows from the number of calls, in percent.</param>
/// <param name="MeasuredPercent">Measured slowdown of the row, in percent.</param>
/// <param name="IsSeen">True if the row regressed.</param>
internal sealed record CoverageTrial(MetricRow Row, double ExpectedPercent, double MeasuredPercent, bool IsSeen);

/// <summary>Trials of one slowdown of one operation.</summary>
/// <param name="Size">Rule that set the size.</param>
/// <param name="Nanoseconds">Additional time of each call, in nanoseconds.</param>
/// <param name="Trials">Trials with the rows that spend the largest part of their time in the operation.</param>
internal sealed record OperationSlowdown(SlowdownSize Size, double Nanoseconds, IReadOnlyList<CoverageTrial> Trials)
{
    /// <summary>True if a row saw the slowdown.</summary>
    public bool IsSeen => Trials.Any(trial => trial.IsSeen);
}
