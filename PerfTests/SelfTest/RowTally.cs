using PerfTests.Metrics;
using PerfTests.Running;
using PerfTests.Verdicts;

namespace PerfTests.SelfTest;

/// <summary>What the trials of one row gave.</summary>
internal sealed class RowTally(MetricRow row, Planted planted)
{
    private readonly List<PairedOutcome> _same = [];
    private readonly List<PairedOutcome> _slowed = [];

    public MetricRow Row => row;

    /// <summary>The slowdown that was planted.</summary>
    public Planted Planted => planted;

    /// <summary>Trials of two equal versions.</summary>
    public int SameTrials => _same.Count;

    /// <summary>Equal versions of which one was called slower.</summary>
    public int FalseAlarms => Count(_same, Verdict.Regressed);

    /// <summary>Equal versions of which one was called faster.</summary>
    public int FalseImprovements => Count(_same, Verdict.Improved);

    /// <summary>Trials in which the machine could not tell, of both sorts.</summary>
    public int Inconclusive => Count(_same, Verdict.Inconclusive) + Count(_slowed, Verdict.Inconclusive);

    /// <summary>Trials of a slowed version.</summary>
    public int SlowedTrials => _slowed.Count;

    /// <summary>Slowed versions that were caught.</summary>
    public int Caught => Count(_slowed, Verdict.Regressed);

    /// <summary>The longest that measuring took for a verdict, in seconds.</summary>
    public double LongestSeconds => _same.Concat(_slowed).Select(outcome => outcome.MeasuringSeconds).DefaultIfEmpty().Max();

    /// <summary>The largest mean of F and P that equal versions showed, in percent: how near the limit came.</summary>
    public double LargestSamePercent => _same.Select(Mean).DefaultIfEmpty().Max();

    /// <summary>The smallest mean of F and P that slowed versions showed, in percent.</summary>
    public double SmallestSlowedPercent => _slowed.Select(Mean).DefaultIfEmpty().Min();

    public void AddSame(PairedOutcome outcome) => _same.Add(outcome);

    public void AddSlowed(PairedOutcome outcome) => _slowed.Add(outcome);

    private static double Mean(PairedOutcome outcome) => (outcome.Figures.FloorPercent + outcome.Figures.PairPercent) / 2;

    private static int Count(IEnumerable<PairedOutcome> outcomes, Verdict verdict) => outcomes.Count(outcome => outcome.Verdict == verdict);
}
