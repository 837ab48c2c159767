using PerfTests.Measurement;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>Outcome of measuring one row with the baseline and with the candidate, side by side.</summary>
/// <param name="Verdict">Verdict of the paired measurement.</param>
/// <param name="Result">Statistics that the verdict is based on.</param>
/// <param name="Baseline">Launches of the baseline, one per process.</param>
/// <param name="Candidate">Launches of the candidate, one per process.</param>
/// <param name="MeasuringSeconds">Total duration of the samples of all processes, in seconds.</param>
internal sealed record PairedOutcome(
    Verdict Verdict, PairedResult Result, IReadOnlyList<Launch> Baseline, IReadOnlyList<Launch> Candidate, double MeasuringSeconds)
{
    /// <summary>
    /// Statistics for messages: <c>4 paired processes against abc1234: +11.9 % (ratio of minima), +12.1 % (median of pair
    /// ratios)</c>. The median by the wall clock follows if the code waits longer, or if the statistics contradict each other.
    /// </summary>
    public string Text => FormattableString.Invariant(
        $"{CountText.Of(Result.Processes, "paired process")} against {Result.Baseline}: ")
        + Statistics(Result.MinimaPercent, Result.PairsPercent, ShowsWallClock ? Result.WallPairsPercent : null)
        + (Result.WaitsLonger == true ? ": the code waits longer" : string.Empty);

    /// <summary>
    /// Returns by how many percent the candidate's value is worse, in the unit of the metric: the mean of two statistics, which is
    /// judged.
    /// </summary>
    public double WorsePercent(MetricUnit unit) => OfValue(Result.MeanPercent, unit);

    /// <summary>
    /// Converts a slowdown to a change of the value for the worse. If the time of an operation rises by 25 %, a rate such as
    /// operations per second falls by only 20 %.
    /// </summary>
    public static double OfValue(double slowerPercent, MetricUnit unit) => unit.Better == Direction.Lower
        ? slowerPercent
        : 100 * (1 - (1 / (1 + (slowerPercent / 100))));

    /// <summary>Returns samples of all launches, one list per layout copy and launch.</summary>
    public static IReadOnlyList<IReadOnlyList<double>> SamplesOf(IReadOnlyList<Launch> launches) =>
        [.. launches.SelectMany(launch => launch.SampleNanoseconds)];

    /// <summary>
    /// True if the A/A control showed no change, or the slowdown is larger than the control's error. If the row is inconclusive all the
    /// same, its statistics contradict each other.
    /// </summary>
    public bool IsControlUsable { get; init; }

    /// <summary>Reason for messages why the row is inconclusive.</summary>
    public string WhyInconclusive => IsControlUsable
        ? "the statistics of this row contradict each other"
        : $"this machine is too noisy now ({ControlText})";

    /// <summary>Statistics of the A/A control for messages: the difference between the baseline and itself.</summary>
    public string ControlText =>
        $"A/A control: {Statistics(Result.ControlMinimaPercent, Result.ControlPairsPercent, Result.ControlWallPairsPercent)}";

    /// <summary>True if the wall clock decided, or contradicts statistics that show nothing.</summary>
    private bool ShowsWallClock => Result.WaitsLonger == true || (Verdict == Verdict.Inconclusive && IsControlUsable);

    private static string Statistics(double minimaPercent, double pairsPercent, double? wallPairsPercent) => FormattableString.Invariant(
        $"{minimaPercent:+0.0;-0.0;0.0} % (ratio of minima), {pairsPercent:+0.0;-0.0;0.0} % (median of pair ratios)")
        + (wallPairsPercent is { } percent
            ? FormattableString.Invariant($", {percent:+0.0;-0.0;0.0} % (the same by the wall clock)")
            : string.Empty);
}
