namespace PerfTests.Results;

/// <summary>Result of measuring two versions interleaved; percentages of the baseline's time, positive is slower.</summary>
public sealed record PairedResult
{
    /// <summary>Label of the version that was compared with.</summary>
    public required string Baseline { get; init; }

    /// <summary>Number of fresh processes that were measured.</summary>
    public required int Processes { get; init; }

    /// <summary>Slowdown by the ratio of minima.</summary>
    public required double MinimaPercent { get; init; }

    /// <summary>Slowdown by the median of pair ratios.</summary>
    public required double PairsPercent { get; init; }

    /// <summary>A/A control: difference between the baseline and itself, by the ratio of minima.</summary>
    public required double ControlMinimaPercent { get; init; }

    /// <summary>A/A control: difference between the baseline and itself, by the median of pair ratios.</summary>
    public required double ControlPairsPercent { get; init; }

    /// <summary>Slowdown per operation, by the difference of the minima.</summary>
    public required double MinimaNanoseconds { get; init; }
}
