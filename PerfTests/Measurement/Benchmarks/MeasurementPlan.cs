using PerfTests.Measurement.Sampling;
using PerfTests.Metrics;
using PerfTests.Versions;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>Task of one BenchmarkDotNet job: to measure one side, or several sides interleaved.</summary>
/// <param name="Sides">Sides to measure; the job is named after the first.</param>
/// <param name="Options">Number and duration of the samples.</param>
internal sealed record MeasurementPlan(IReadOnlyList<SubjectSpecification> Sides, SamplingOptions Options)
{
    /// <summary>Name of the side that is judged. If a plan has only one side, that side has this name too.</summary>
    public const string CandidateSide = "candidate";

    /// <summary>Name of the side that the candidate is compared with.</summary>
    public const string BaselineSide = "baseline";

    /// <summary>
    /// Name of the A/A control: the baseline measured a second time, in other layout copies. Both results should be equal.
    /// </summary>
    public const string ControlSide = "A/A control";

    /// <summary>Returns the plan that measures one row by itself.</summary>
    public static MeasurementPlan Of(MetricRow row, LibraryVersion version, BenchmarkWrapper? wrapper = null) =>
        new([SubjectSpecification.Of(row, CandidateSide, version.FolderInPlans) with { Wrapper = wrapper }], OptionsFor(row));

    /// <summary>Returns the plan that measures rows side by side. Each row is one side, named after the row's label.</summary>
    public static MeasurementPlan SideBySide(LibraryVersion version, params MetricRow[] rows) =>
        new([.. rows.Select(row => SubjectSpecification.Of(row, row.Label, version.FolderInPlans))], OptionsFor(rows[0]));

    /// <summary>Returns the plan that measures one row for candidate, baseline and A/A control.</summary>
    public static MeasurementPlan Paired(MetricRow row, LibraryVersion baseline, LibraryVersion candidate, BenchmarkWrapper? wrapper = null)
    {
        var copies = Math.Min(row.Copies, row.MaxPairedCopies);
        var baselineSide = SubjectSpecification.Of(row, BaselineSide, baseline.Folder) with { Copies = copies };
        return new(
            [
                SubjectSpecification.Of(row, CandidateSide, candidate.Folder) with
                {
                    Copies = copies,
                    FirstCopy = 2 * copies,
                    Wrapper = wrapper,
                },
                baselineSide,
                baselineSide with { Side = ControlSide, FirstCopy = copies },
            ],
            OptionsFor(row, copies) with { Budget = s_pairedBudget });
    }

    /// <summary>
    /// Time for the samples of one process. Most verdicts take two to six processes, so their samples take at most half a second.
    /// </summary>
    private static readonly TimeSpan s_pairedBudget = TimeSpan.FromMilliseconds(83);

    private static SamplingOptions OptionsFor(MetricRow row, int? copies = null) => new()
    {
        // A fixed number of samples is divided among the row's layout copies. Times of copying vary more, so copying takes more samples.
        SamplesPerCopy = Math.Max(SamplingOptions.SamplesPerBatch, (row.Kind == MetricKind.Copying ? 150 : 100) / (copies ?? row.Copies)),

        // A system call sometimes waits for the other core. A longer sample averages such waits.
        SampleDuration = TimeSpan.FromMilliseconds(row.Kind == MetricKind.SystemCall ? 0.5 : 0.2),
    };
}
