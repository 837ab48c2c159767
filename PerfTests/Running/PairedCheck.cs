using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Sampling;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;
using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>Measures baseline and candidate side by side, in one fresh process after another until the verdict is clear.</summary>
internal sealed class PairedCheck(RowMeasurer measurer, LibraryVersion baseline, LibraryVersion candidate)
{
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>Measures a row and judges it.</summary>
    /// <exception cref="UnusableLibrariesException">A version cannot run the benchmark.</exception>
    public PairedOutcome Run(MetricRow row, Tolerance tolerance, BenchmarkWrapper? wrapper = null)
    {
        var processes = new List<PairedProcess>();
        List<Launch> baselineLaunches = [], candidateLaunches = [];
        double nanoseconds = 0;
        Verdict? verdict = null;
        while (verdict is null)
        {
            var samples = measurer.Log.Step(
                FormattableString.Invariant($"Launch {processes.Count + 1}, paired with {baseline.Label} in a fresh process"),
                () => measurer.MeasurePaired(row, baseline, candidate, processes.Count, wrapper));
            processes.Add(new PairedProcess(
                Copies(samples, MeasurementPlan.BaselineSide),
                Copies(samples, MeasurementPlan.CandidateSide),
                Copies(samples, MeasurementPlan.ControlSide)));
            baselineLaunches.Add(Launch.Of(samples, MeasurementPlan.BaselineSide));
            candidateLaunches.Add(Launch.Of(samples, MeasurementPlan.CandidateSide));
            nanoseconds += samples.TimedNanoseconds;
            verdict = measurer.Log.Step(StepNames.Judge, () => PairedRule.Judge(processes, tolerance));
        }

        var value = row.ValueOf(candidateLaunches.Min(launch => launch.Minima.RowNanoseconds));
        var result = ResultOf(baseline.Label, value, processes, tolerance, verdict.Value);
        return new PairedOutcome(
            verdict.Value, result, baselineLaunches, candidateLaunches, nanoseconds / NanosecondsPerSecond)
        {
            Reason = verdict == Verdict.Inconclusive ? PairedRule.WhyInconclusive(processes, tolerance) : null,
        };
    }

    /// <summary>Returns the statistics of a pair.</summary>
    /// <param name="label">Label of the baseline.</param>
    /// <param name="value">Value of the candidate, in the unit of the row.</param>
    /// <param name="processes">Processes that were measured.</param>
    /// <param name="tolerance">Allowed slowdown.</param>
    /// <param name="verdict">Verdict of the pair.</param>
    internal static PairedResult ResultOf(
        string label, double value, IReadOnlyList<PairedProcess> processes, Tolerance tolerance, Verdict verdict)
    {
        var change = PairedRule.Change(processes);
        var control = PairedRule.Control(processes);
        return new PairedResult
        {
            Baseline = label,
            Processes = processes.Count,
            CandidateValue = value,
            MinimaPercent = change.MinimaPercent,
            PairsPercent = change.PairsPercent,
            PairsErrorPercent = change.PairsErrorPercent,
            WallPairsPercent = change.WallPairsPercent,
            WaitsLonger = verdict == Verdict.Regressed && PairedRule.IsLongerWait(change, tolerance) ? true : null,
            MinimaNanoseconds = change.MinimaNanoseconds,
            ControlMinimaPercent = control.MinimaPercent,
            ControlPairsPercent = control.PairsPercent,
            ControlWallPairsPercent =
                control.IsApartByWallClock(tolerance) || control.IsApartInWallPairs(tolerance) ? control.WallPairsPercent : null,
        };
    }

    private static CopySamples[] Copies(SamplingResult samples, string side) =>
        [.. samples.Subjects.Where(subject => subject.Side == side)
            .Select(subject => new CopySamples(subject.WallNanoseconds, subject.CpuNanoseconds))];
}
