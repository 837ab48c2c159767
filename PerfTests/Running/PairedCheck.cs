using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Sampling;
using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Verdicts;
using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>Measures two versions of a row interleaved, in as many fresh processes as the verdict takes.</summary>
internal sealed class PairedCheck(RowMeasurer measurer, LibraryVersion baseVersion, LibraryVersion candidate)
{
    private const double NanosecondsPerSecond = 1e9;

    /// <summary>Measures and judges.</summary>
    /// <exception cref="MissingApiException">A version does not have what the benchmark calls.</exception>
    public PairedOutcome Run(MetricRow row, Tolerance tolerance, BenchmarkWrapper? wrapper = null)
    {
        var processes = new List<PairedProcess>();
        List<Launch> baseLaunches = [], candidateLaunches = [];
        double nanoseconds = 0;
        Verdict? verdict = null;
        while (verdict is null)
        {
            var samples = StepLog.Step(
                FormattableString.Invariant($"Launch {processes.Count + 1}, paired with {baseVersion.Label} in a fresh process"),
                () => measurer.MeasurePaired(row, baseVersion, candidate, processes.Count, wrapper));
            processes.Add(new PairedProcess(
                Copies(samples, MeasurementPlan.BaselineSide), Copies(samples, MeasurementPlan.CandidateSide), Copies(samples, MeasurementPlan.ControlSide)));
            baseLaunches.Add(Launch.Of(samples, MeasurementPlan.BaselineSide));
            candidateLaunches.Add(Launch.Of(samples, MeasurementPlan.CandidateSide));
            nanoseconds += samples.TimedNanoseconds;
            verdict = StepLog.Step(StepNames.Judge, () => PairedRule.Judge(processes, tolerance));
        }

        return new PairedOutcome(verdict.Value, ResultOf(processes), baseLaunches, candidateLaunches, nanoseconds / NanosecondsPerSecond);
    }

    private PairedResult ResultOf(IReadOnlyList<PairedProcess> processes)
    {
        var change = PairedRule.Change(processes);
        var control = PairedRule.Control(processes);
        return new PairedResult
        {
            Baseline = baseVersion.Label,
            Processes = processes.Count,
            MinimaPercent = change.MinimaPercent,
            PairsPercent = change.PairsPercent,
            MinimaNanoseconds = change.MinimaNanoseconds,
            ControlMinimaPercent = control.MinimaPercent,
            ControlPairsPercent = control.PairsPercent,
        };
    }

    private static CopySamples[] Copies(SamplingResult samples, string side) =>
        [.. samples.Subjects.Where(subject => subject.Side == side).Select(subject => new CopySamples(subject.WallNanoseconds, subject.CpuNanoseconds))];
}
