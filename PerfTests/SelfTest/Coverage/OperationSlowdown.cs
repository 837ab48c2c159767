using PerfTests.Metrics;
using PerfTests.Running;
using PerfTests.Verdicts;

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
/// <param name="Outcome">Outcome of the last pair.</param>
internal sealed record CoverageTrial(MetricRow Row, double ExpectedPercent, PairedOutcome Outcome)
{
    /// <summary>Verdict of the row.</summary>
    public Verdict Verdict => Outcome.Verdict;

    /// <summary>True if the row regressed.</summary>
    public bool IsSeen => Verdict == Verdict.Regressed;

    /// <summary>Slowdown that was judged, in percent.</summary>
    public double MeasuredPercent => Outcome.Result.MeanPercent;

    /// <summary>Number of pairs until this result, see <see cref="CoverageRetry"/>.</summary>
    public int Attempts { get; init; } = 1;
}

/// <summary>Trials of one slowdown of one operation.</summary>
/// <param name="Size">Rule that set the size.</param>
/// <param name="Nanoseconds">Additional time of each call, in nanoseconds.</param>
/// <param name="Trials">Trials with the rows that spend the largest part of their time in the operation.</param>
internal sealed record OperationSlowdown(SlowdownSize Size, double Nanoseconds, IReadOnlyList<CoverageTrial> Trials);
