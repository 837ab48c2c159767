using PerfTests.Verdicts;

namespace PerfTests.Results;

/// <summary>What became of a figure.</summary>
public sealed record JudgementResult
{
    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What was compared and how, in a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>Why there is no verdict, the same for all rows that lack one for this reason; null where there is a verdict.</summary>
    public string? Reason { get; init; }

    /// <summary>How much worse the figure is than the baseline, in percent; negative is better.</summary>
    public double? WorsePercent { get; init; }

    /// <summary>What measuring against another version gave, where that was done.</summary>
    public PairedResult? Paired { get; init; }

    /// <summary>The baseline's figure, in the same unit.</summary>
    public double? BaselineValue { get; init; }

    /// <summary>The baseline's raw samples, a list per copy of the code and launch: reports show them beside the figure's own.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? BaselineSampleNanoseconds { get; init; }

    /// <summary>The baseline's file.</summary>
    public string? BaselineFile { get; init; }

    /// <summary>The commit that the baseline measured.</summary>
    public string? BaselineCommit { get; init; }
}
