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
    /// True if no version exists that the row could be paired with. The measured value may then be stored as the first baseline
    /// of the row. If such a version exists but cannot be used now, the value must not be stored, because the code may have
    /// become slower since that version.
    /// </summary>
    public bool IsFirst { get; private set; }

    /// <summary>Measures the row side by side with the reference version and returns the judged result.</summary>
    /// <param name="whyNotStored">Reason why no stored baseline applies.</param>
    /// <param name="whyNot">Reason why the row cannot be paired; empty if it was paired.</param>
    /// <returns>The result, or null if the row cannot be paired.</returns>
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
            return RowResult.Compose(row, paired.Candidate, tolerance, row.ReadsTrace ? context.Workload : null, judgement);
        }
        catch (UnusableLibrariesException unusable) when (unusable.IsOfBaseline)
        {
            IsFirst = unusable.LacksApi;
            whyNot = $"{version.Label} {unusable.Reason}";
            return null;
        }
    }
}
