using System.Text.Json.Serialization;

namespace PerfTests.Results;

/// <summary>Result of measuring a baseline and a candidate interleaved. Percentages are relative to the baseline's time.</summary>
public sealed record PairedResult
{
    /// <summary>Label of the version that was the baseline.</summary>
    public required string Baseline { get; init; }

    /// <summary>Number of fresh processes that were measured.</summary>
    public required int Processes { get; init; }

    /// <summary>Value of the candidate in the row's unit, from the minimum of all processes; null in files of earlier versions.</summary>
    public double? CandidateValue { get; init; }

    /// <summary>Slowdown of the candidate by the ratio of minima; negative if the candidate is faster.</summary>
    public required double MinimaPercent { get; init; }

    /// <summary>Slowdown of the candidate by the median of pair ratios; negative if the candidate is faster.</summary>
    public required double PairsPercent { get; init; }

    /// <summary>Standard error of <see cref="PairsPercent"/>; null in files of earlier versions.</summary>
    public double? PairsErrorPercent { get; init; }

    /// <summary>Slowdown of the candidate by the median of pair ratios of the wall clock; null in files of earlier versions.</summary>
    public double? WallPairsPercent { get; init; }

    /// <summary>True if only the wall clock shows a regression, because the candidate waits longer; null otherwise.</summary>
    public bool? WaitsLonger { get; init; }

    /// <summary>A/A control: difference between the baseline and itself, by the ratio of minima.</summary>
    public required double ControlMinimaPercent { get; init; }

    /// <summary>A/A control: difference between the baseline and itself, by the median of pair ratios.</summary>
    public required double ControlPairsPercent { get; init; }

    /// <summary>
    /// A/A control: difference between the baseline and itself, by the median of pair ratios of the wall clock; null if the wall clock
    /// showed no difference.
    /// </summary>
    public double? ControlWallPairsPercent { get; init; }

    /// <summary>
    /// Slowdown of the candidate that is judged: the mean of the ratio of minima and the median of pair ratios, by the wall clock if the
    /// candidate waits longer.
    /// </summary>
    [JsonIgnore]
    public double MeanPercent => (MinimaPercent + (WaitsLonger == true ? WallPairsPercent ?? PairsPercent : PairsPercent)) / 2;

    /// <summary>Slowdown of the candidate per operation, by the difference of the minima.</summary>
    public required double MinimaNanoseconds { get; init; }
}
