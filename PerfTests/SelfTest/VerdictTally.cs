using PerfTests.Running;
using PerfTests.Verdicts;

namespace PerfTests.SelfTest;

/// <summary>What trials of one sort gave for one row.</summary>
internal sealed class VerdictTally
{
    private readonly List<(Verdict Verdict, double WorsePercent)> _trials = [];

    /// <summary>How many trials there were.</summary>
    public int Trials => _trials.Count;

    /// <summary>The largest change seen, in percent; 0 if there was no trial.</summary>
    public double LargestPercent => _trials.Select(trial => trial.WorsePercent).DefaultIfEmpty().Max();

    /// <summary>The smallest change seen, in percent; 0 if there was no trial.</summary>
    public double SmallestPercent => _trials.Select(trial => trial.WorsePercent).DefaultIfEmpty().Min();

    /// <summary>The longest that measuring took for a verdict, in seconds.</summary>
    public double LongestSeconds { get; private set; }

    /// <summary>How many trials ended so.</summary>
    public int Count(Verdict verdict) => _trials.Count(trial => trial.Verdict == verdict);

    /// <summary>Adds a trial of the paired rule, with the mean of its two statistics.</summary>
    public void Add(PairedOutcome outcome)
    {
        Add(outcome.Verdict, (outcome.Result.MinimaPercent + outcome.Result.PairsPercent) / 2);
        LongestSeconds = Math.Max(LongestSeconds, outcome.MeasuringSeconds);
    }

    /// <summary>Adds a trial.</summary>
    public void Add(Verdict verdict, double worsePercent) => _trials.Add((verdict, worsePercent));
}
