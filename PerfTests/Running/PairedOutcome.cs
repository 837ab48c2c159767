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
    private const string ImpossibleSample = "a sample has a value that no measurement can have";

    /// <summary>
    /// Statistics for messages: <c>4 paired processes against abc1234: +11.9 % (ratio of minima), +12.1 % (median of pair
    /// ratios)</c>. The median by the wall clock follows if the code waits longer, or if the row is inconclusive for another reason than
    /// the A/A control.
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

    /// <summary>Reason why the row is inconclusive; null if it is not.</summary>
    public InconclusiveReason? Reason { get; init; }

    /// <summary>Text that begins a message about an inconclusive row.</summary>
    public string WhyInconclusive => Reason switch
    {
        InconclusiveReason.Contradiction => "the statistics of this row contradict each other",
        InconclusiveReason.Spread => "the samples of this row spread too much now",
        InconclusiveReason.MayWaitLonger => "only some statistics show a slowdown; the code may wait longer",
        InconclusiveReason.ImpossibleSample => ImpossibleSample,
        _ => $"this machine is too noisy now ({ControlText})",
    };

    /// <summary>Text that follows the statistics in a message; empty if the row is not inconclusive.</summary>
    public string Objection => Reason switch
    {
        null => string.Empty,
        InconclusiveReason.Contradiction => ", which contradict each other",
        InconclusiveReason.Spread => FormattableString.Invariant($", within twice its standard error of {Result.PairsErrorPercent:0.0} %"),
        InconclusiveReason.MayWaitLonger => ": the code may wait longer",
        InconclusiveReason.ImpossibleSample => $", but {ImpossibleSample}",
        _ => $", but {ControlText}",
    };

    /// <summary>Statistics of the A/A control for messages: the difference between the baseline and itself.</summary>
    public string ControlText =>
        $"A/A control: {Statistics(Result.ControlMinimaPercent, Result.ControlPairsPercent, Result.ControlWallPairsPercent)}";

    private bool ShowsWallClock => Result.WaitsLonger == true
        || Reason is not (null or InconclusiveReason.ControlFailed or InconclusiveReason.Spread);

    private static string Statistics(double minimaPercent, double pairsPercent, double? wallPairsPercent) => FormattableString.Invariant(
        $"{minimaPercent:+0.0;-0.0;0.0} % (ratio of minima), {pairsPercent:+0.0;-0.0;0.0} % (median of pair ratios)")
        + (wallPairsPercent is { } percent
            ? FormattableString.Invariant($", {percent:+0.0;-0.0;0.0} % (the same by the wall clock)")
            : string.Empty);
}
