using PerfTests.Measurement;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Running;

/// <summary>What pairing two versions of a row gave.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Figures">What it rests on.</param>
/// <param name="Base">What each process measured of the base.</param>
/// <param name="Candidate">What each process measured of the candidate.</param>
/// <param name="MeasuringSeconds">How long the timed chunks took, all processes together.</param>
internal sealed record PairedOutcome(
    Verdict Verdict, PairedResult Figures, IReadOnlyList<Launch> Base, IReadOnlyList<Launch> Candidate, double MeasuringSeconds)
{
    /// <summary>For messages: <c>4 paired processes against abc1234: +11.9 % (F), +12.1 % (P)</c>.</summary>
    public string Text => FormattableString.Invariant(
        $"{Figures.Processes} paired processes against {Figures.Base}: {Figures.FloorPercent:+0.0;-0.0;0.0} % (F), {Figures.PairPercent:+0.0;-0.0;0.0} % (P)");

    /// <summary>How much worse the candidate is in the metric's own direction: a rate falls by less than its time rises.</summary>
    public double WorsePercent(MetricUnit unit) => unit.Better == Direction.Lower
        ? Figures.FloorPercent
        : 100 * (1 - (1 / (1 + (Figures.FloorPercent / 100))));

    /// <summary>For messages: how far the base was from itself.</summary>
    public string SameText => FormattableString.Invariant(
        $"the base against itself: {Figures.SameFloorPercent:+0.0;-0.0;0.0} % (F), {Figures.SamePairPercent:+0.0;-0.0;0.0} % (P)");
}
