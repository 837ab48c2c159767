using PerfTests.Running;
using PerfTests.Verdicts;

namespace PerfTests.SelfTest;

/// <summary>Verdicts of one kind of trial for one row.</summary>
internal sealed class VerdictTally
{
    private readonly List<(Verdict Verdict, double WorsePercent)> _trials = [];

    /// <summary>Number of trials.</summary>
    public int Trials => _trials.Count;

    /// <summary>Largest change of a trial, in percent; 0 without trials.</summary>
    public double LargestPercent => _trials.Select(trial => trial.WorsePercent).DefaultIfEmpty().Max();

    /// <summary>Smallest change of a trial, in percent; 0 without trials.</summary>
    public double SmallestPercent => _trials.Select(trial => trial.WorsePercent).DefaultIfEmpty().Min();

    /// <summary>Longest measuring time of a verdict, in seconds.</summary>
    public double LongestSeconds { get; private set; }

    /// <summary>Returns the number of trials that ended with a verdict.</summary>
    public int Count(Verdict verdict) => _trials.Count(trial => trial.Verdict == verdict);

    /// <summary>Adds a trial of the paired rule, with the change that the rule judged.</summary>
    public void Add(PairedOutcome outcome)
    {
        Add(outcome.Verdict, outcome.Result.MeanPercent);
        LongestSeconds = Math.Max(LongestSeconds, outcome.MeasuringSeconds);
    }

    /// <summary>Adds a trial.</summary>
    public void Add(Verdict verdict, double worsePercent) => _trials.Add((verdict, worsePercent));
}
