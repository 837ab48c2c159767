using PerfTests.Measurement;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>What pairing two versions of a row gave.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Result">Statistics that the verdict rests on.</param>
/// <param name="Base">What each process measured of the base.</param>
/// <param name="Candidate">What each process measured of the candidate.</param>
/// <param name="MeasuringSeconds">How long the timed chunks took, all processes together.</param>
internal sealed record PairedOutcome(
    Verdict Verdict, PairedResult Result, IReadOnlyList<Launch> Base, IReadOnlyList<Launch> Candidate, double MeasuringSeconds)
{
    /// <summary>For messages: <c>4 paired processes against abc1234: +11.9 % (ratio of minima), +12.1 % (median of pair ratios)</c>.</summary>
    public string Text => FormattableString.Invariant(
        $"{Result.Processes} paired processes against {Result.Baseline}: {Statistics(Result.MinimaPercent, Result.PairsPercent)}");

    /// <summary>How much worse the candidate is in the metric's own direction: a rate falls by less than its time rises.</summary>
    public double WorsePercent(MetricUnit unit) => unit.Better == Direction.Lower
        ? Result.MinimaPercent
        : 100 * (1 - (1 / (1 + (Result.MinimaPercent / 100))));

    /// <summary>For messages: the difference between the baseline and itself.</summary>
    public string ControlText => $"A/A control: {Statistics(Result.ControlMinimaPercent, Result.ControlPairsPercent)}";

    private static string Statistics(double minimaPercent, double pairsPercent) => FormattableString.Invariant(
        $"{minimaPercent:+0.0;-0.0;0.0} % (ratio of minima), {pairsPercent:+0.0;-0.0;0.0} % (median of pair ratios)");
}
