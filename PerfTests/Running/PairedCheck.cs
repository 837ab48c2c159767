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
    /// <exception cref="MissingApiException">A version lacks an API that the benchmark calls.</exception>
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

        return new PairedOutcome(
            verdict.Value,
            ResultOf(row, tolerance, processes, candidateLaunches, verdict.Value),
            baselineLaunches,
            candidateLaunches,
            nanoseconds / NanosecondsPerSecond)
        {
            IsControlUsable = PairedRule.IsControlUsable(PairedRule.Change(processes), PairedRule.Control(processes), tolerance),
        };
    }

    private PairedResult ResultOf(
        MetricRow row,
        Tolerance tolerance,
        IReadOnlyList<PairedProcess> processes,
        IReadOnlyList<Launch> candidateLaunches,
        Verdict verdict)
    {
        var change = PairedRule.Change(processes);
        var control = PairedRule.Control(processes);
        return new PairedResult
        {
            Baseline = baseline.Label,
            Processes = processes.Count,
            CandidateValue = row.ValueOf(candidateLaunches.Min(launch => launch.Minima.RowNanoseconds)),
            MinimaPercent = change.MinimaPercent,
            PairsPercent = change.PairsPercent,
            WallPairsPercent = change.WallPairsPercent,
            WaitsLonger = verdict == Verdict.Regressed && PairedRule.IsLongerWait(change, tolerance) ? true : null,
            MinimaNanoseconds = change.MinimaNanoseconds,
            ControlMinimaPercent = control.MinimaPercent,
            ControlPairsPercent = control.PairsPercent,
        };
    }

    private static CopySamples[] Copies(SamplingResult samples, string side) =>
        [.. samples.Subjects.Where(subject => subject.Side == side)
            .Select(subject => new CopySamples(subject.WallNanoseconds, subject.CpuNanoseconds))];
}
