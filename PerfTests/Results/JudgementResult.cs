using PerfTests.Verdicts;

namespace PerfTests.Results;

/// <summary>Verdict on a row, with the comparison that led to it.</summary>
public sealed record JudgementResult
{
    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Sentence that says what was compared, how, and with which result.</summary>
    public required string Message { get; init; }

    /// <summary>Reason why the row was not judged, in the same words for all rows with that reason; null if the row was judged.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// Change for the worse that was judged, in percent of the value. A negative change is an improvement. For a pair, this is the mean
    /// of the two statistics; for a stored baseline, the machine's change of speed is removed.
    /// </summary>
    public double? WorsePercent { get; init; }

    /// <summary>Largest change for the worse that passes, in percent of the value; null if the row has a bound.</summary>
    public double? LimitPercent { get; init; }

    /// <summary>
    /// Change in nanoseconds per operation, or in instructions, that passes whatever its percentage; null if there is no such amount.
    /// </summary>
    public double? LimitAmount { get; init; }

    /// <summary>Result of measuring the row paired with another version; null if it was not paired.</summary>
    public PairedResult? Paired { get; init; }

    /// <summary>
    /// Value of the baseline as it was stored or measured, in the row's unit; the bound if the unit has one. Reports show
    /// <see cref="RowFigures.Base"/> instead.
    /// </summary>
    public double? BaselineValue { get; init; }

    /// <summary>Raw samples of the baseline, one list per layout copy and launch, for charts.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? BaselineSampleNanoseconds { get; init; }

    /// <summary>
    /// Raw samples of the candidate that were taken beside those of the baseline; null if they are the samples of the row's launches.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<double>>? CandidateSampleNanoseconds { get; init; }

    /// <summary>Methods whose number of instructions changed, the largest change first; null if instructions were not paired.</summary>
    public IReadOnlyList<MethodChange>? Methods { get; init; }

    /// <summary>
    /// Value that was compared, in the row's unit; null if it is the row's value. Further launches of a new baseline change the row's
    /// value afterwards.
    /// </summary>
    public double? CandidateValue { get; init; }

    /// <summary>File that holds the baseline.</summary>
    public string? BaselineFile { get; init; }

    /// <summary>File whose stored count suggested a change, which a pair then judged; null if none did.</summary>
    public string? SuspectedFile { get; init; }

    /// <summary>Commit at which the baseline's value was measured.</summary>
    public string? BaselineCommit { get; init; }

    /// <summary>
    /// Oldest accepted value of the row in the stored baseline of this machine class, at the reference speed, also if the row was paired;
    /// null if none is stored. Files whose readers compare two runs contain this value, because it stays the same while the code does.
    /// A count does not depend on the speed, and is the stored count.
    /// </summary>
    public double? StoredValueAtReferenceSpeed { get; init; }
}
