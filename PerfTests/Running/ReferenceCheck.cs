using PerfTests.Machine;
using PerfTests.Measurement;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Running;

/// <summary>Judges a row that has no stored baseline on this machine by pairing it with the reference version.</summary>
internal sealed class ReferenceCheck(RunContext context, RowMeasurer measurer, MetricRow row)
{
    /// <summary>
    /// True if there is nothing that the row could ever be paired with: no commit, or none that has what it calls. Its value
    /// is then the first, and may be kept; one that only failed to be judged now may be that of a slowdown.
    /// </summary>
    public bool IsFirst { get; private set; }

    /// <summary>Measures, judges and returns the candidate's figure with its judgement.</summary>
    /// <param name="whyNotStored">Why no stored baseline fits.</param>
    /// <param name="whyNot">Why the row cannot be paired; empty if it was.</param>
    /// <returns>Null if there is nothing to pair with.</returns>
    public MetricResult? Run(string whyNotStored, out string whyNot)
    {
        whyNot = string.Empty;
        var reference = context.Reference;
        if (reference.Version is not { } version)
        {
            whyNot = reference.Text;
            IsFirst = reference.IsMissing;
            return null;
        }

        if (Shortage.Describe(row.PairedNeeds, MachineResources.Read()) is { } lack)
        {
            whyNot = $"pairing with {version.Label} {lack}";
            return null;
        }

        var tolerance = context.Settings.PairedTolerance(row);
        try
        {
            var paired = new PairedCheck(measurer, version, context.Candidate).Run(row, tolerance);
            var reason = $"{whyNotStored}, and {reference.Text}";
            var judgement = reference.IsWorkingTree
                ? PairedJudgement.OfEqualVersions(row, paired, tolerance, reason)
                : PairedJudgement.Of(row, paired, tolerance, reason);
            return RowFigure.Compose(row, paired.Candidate, tolerance, row.ReadsTrace ? context.Workload : null, judgement);
        }
        catch (MissingApiException missing) when (missing.Side != MeasurementPlan.CandidateSide)
        {
            IsFirst = true;
            whyNot = $"{version.Label} has nothing to compare it with ({missing.InnerException?.Message ?? missing.Message})";
            return null;
        }
    }
}
