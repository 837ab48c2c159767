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

    /// <summary>Change for the worse from the baseline, in percent. A negative value is an improvement.</summary>
    public double? WorsePercent { get; init; }

    /// <summary>Result of measuring the row paired with another version; null if it was not paired.</summary>
    public PairedResult? Paired { get; init; }

    /// <summary>Value of the baseline in the row's unit, or the bound if the unit has one.</summary>
    public double? BaselineValue { get; init; }

    /// <summary>Raw samples of the baseline, one list per layout copy and launch, for charts.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? BaselineSampleNanoseconds { get; init; }

    /// <summary>File that holds the baseline.</summary>
    public string? BaselineFile { get; init; }

    /// <summary>Commit at which the baseline's value was measured.</summary>
    public string? BaselineCommit { get; init; }
}
