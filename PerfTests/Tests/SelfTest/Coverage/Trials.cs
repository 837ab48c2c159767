using PerfTests.Metrics;
using PerfTests.Results;
using PerfTests.Running;
using PerfTests.SelfTest.Coverage;
using PerfTests.Verdicts;

namespace PerfTests.Tests.SelfTest.Coverage;

/// <summary>Creates results of trials.</summary>
internal static class Trials
{
    /// <summary>Returns the result of a trial in which both statistics of the row are equal.</summary>
    public static CoverageTrial Of(MetricRow row, double expectedPercent, Verdict verdict, double? measuredPercent = null)
    {
        var measured = measuredPercent ?? expectedPercent;
        var result = new PairedResult
        {
            Baseline = "unchanged",
            Processes = 2,
            MinimaPercent = measured,
            PairsPercent = measured,
            MinimaNanoseconds = 1,
            ControlMinimaPercent = 0,
            ControlPairsPercent = 0,
        };
        var outcome = new PairedOutcome(verdict, result, [], [], 1)
        {
            Reason = verdict == Verdict.Inconclusive ? InconclusiveReason.Spread : null,
        };
        return new CoverageTrial(row, expectedPercent, outcome);
    }
}
