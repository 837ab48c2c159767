using PerfTests.Measurement.Sampling;
using PerfTests.Metrics;
using PerfTests.Versions;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>Task of one BenchmarkDotNet job: to measure one side, or several sides interleaved.</summary>
/// <param name="Sides">Sides to measure; the job is named after the first.</param>
/// <param name="Options">Number and duration of the samples.</param>
internal sealed record MeasurementPlan(IReadOnlyList<SubjectSpecification> Sides, SamplingOptions Options)
{
    /// <summary>Name of the side that is judged, and of a single side.</summary>
    public const string CandidateSide = "candidate";

    /// <summary>Name of the side that the candidate is compared with.</summary>
    public const string BaselineSide = "baseline";

    /// <summary>Name of the A/A control: the baseline once more, in layout copies of its own, which must not differ from it.</summary>
    public const string ControlSide = "A/A control";

    /// <summary>Returns the plan that measures one row by itself.</summary>
    public static MeasurementPlan Of(MetricRow row, LibraryVersion version, BenchmarkWrapper? wrapper = null) =>
        new([SubjectSpecification.Of(row, CandidateSide, version.FolderInPlans) with { Wrapper = wrapper }], OptionsFor(row));

    /// <summary>Returns the plan that measures rows side by side; each row is a side that has the row's label as its name.</summary>
    public static MeasurementPlan SideBySide(LibraryVersion version, params MetricRow[] rows) =>
        new([.. rows.Select(row => SubjectSpecification.Of(row, row.Label, version.FolderInPlans))], OptionsFor(rows[0]));

    /// <summary>Returns the plan that measures one row of baseline and candidate, with the A/A control.</summary>
    public static MeasurementPlan Paired(MetricRow row, LibraryVersion baseline, LibraryVersion candidate, BenchmarkWrapper? wrapper = null)
    {
        var copies = Math.Min(row.Copies, row.MostPairedCopies);
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

    /// <summary>Budget of one process. A verdict takes two to six processes: half a second of samples at most.</summary>
    private static readonly TimeSpan s_pairedBudget = TimeSpan.FromMilliseconds(83);

    private static SamplingOptions OptionsFor(MetricRow row, int? copies = null) => new()
    {
        // All layout copies of a row share a fixed number of samples. Samples that copy memory vary more, so there are more of them.
        SamplesPerCopy = Math.Max(SamplingOptions.SamplesPerBatch, (row.Kind == MetricKind.Copying ? 150 : 100) / (copies ?? row.Copies)),

        // A system call sometimes waits for the other core. A longer sample averages such waits.
        SampleDuration = TimeSpan.FromMilliseconds(row.Kind == MetricKind.SystemCall ? 0.5 : 0.2),
    };
}
