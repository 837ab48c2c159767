using PerfTests.Measurement.Sampling;
using PerfTests.Metrics;
using PerfTests.Versions;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>What one BenchmarkDotNet job measures: one side or several, interleaved.</summary>
/// <param name="Sides">The sides; the job is named after the first.</param>
/// <param name="Options">How much is sampled.</param>
internal sealed record MeasurementPlan(IReadOnlyList<SubjectSpecification> Sides, SamplingOptions Options)
{
    /// <summary>The name of the side where there is only one.</summary>
    public const string CandidateSide = "candidate";

    /// <summary>The version that a candidate is compared with.</summary>
    public const string BaselineSide = "baseline";

    /// <summary>The base once more, which must not differ from it.</summary>
    public const string ControlSide = "A/A control";

    /// <summary>The plan that measures one row by itself.</summary>
    public static MeasurementPlan Of(MetricRow row, LibraryVersion version, BenchmarkWrapper? wrapper = null) =>
        new([SubjectSpecification.Of(row, CandidateSide, version.FolderInPlans) with { Wrapper = wrapper }], OptionsFor(row));

    /// <summary>The plan that measures rows side by side, each a side named by its label.</summary>
    public static MeasurementPlan SideBySide(LibraryVersion version, params MetricRow[] rows) =>
        new([.. rows.Select(row => SubjectSpecification.Of(row, row.Label, version.FolderInPlans))], OptionsFor(rows[0]));

    /// <summary>The plan that measures one row of two versions, and of the first once more.</summary>
    public static MeasurementPlan Paired(MetricRow row, LibraryVersion baseVersion, LibraryVersion candidate, BenchmarkWrapper? wrapper = null)
    {
        var copies = Math.Min(row.Copies, row.MostPairedCopies);
        var firstSide = SubjectSpecification.Of(row, BaselineSide, baseVersion.Folder) with { Copies = copies };
        return new(
            [
                SubjectSpecification.Of(row, CandidateSide, candidate.Folder) with { Copies = copies, FirstCopy = 2 * copies, Wrapper = wrapper },
                firstSide,
                firstSide with { Side = ControlSide, FirstCopy = copies },
            ],
            OptionsFor(row, copies) with { Budget = s_pairedBudget });
    }

    /// <summary>For one process; a verdict takes two to six, so half a second at the most.</summary>
    private static readonly TimeSpan s_pairedBudget = TimeSpan.FromMilliseconds(83);

    private static SamplingOptions OptionsFor(MetricRow row, int? copies = null) => new()
    {
        // Where there are fewer copies each gets more chunks; a copy of memory varies more from one to the next.
        SamplesPerCopy = Math.Max(SamplingOptions.SamplesPerBatch, (row.Kind == MetricKind.Copying ? 150 : 100) / (copies ?? row.Copies)),

        // A system call now and then waits for the other core: it takes a longer chunk to average that out.
        SampleDuration = TimeSpan.FromMilliseconds(row.Kind == MetricKind.SystemCall ? 0.5 : 0.2),
    };
}
