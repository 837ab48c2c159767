using System.Text.Json.Serialization;

namespace PerfTests.Results;

/// <summary>Measurement of one row by one process, in nanoseconds per operation.</summary>
public sealed record LaunchResult
{
    /// <summary>Smallest batch median.</summary>
    [JsonRequired]
    public required double MinimumNanoseconds { get; init; }

    /// <summary>Median of the batch medians.</summary>
    [JsonRequired]
    public required double MedianNanoseconds { get; init; }

    /// <summary>Smallest batch median of the calibration loop beside the row, per step of the loop.</summary>
    [JsonRequired]
    public required double CalibrationNanoseconds { get; init; }

    /// <summary>Smallest batch median of the second calibration loop, which also slows down if the physical core is shared.</summary>
    public double? ParallelCalibrationNanoseconds { get; init; }

    /// <summary>Managed bytes allocated per operation.</summary>
    public double ManagedBytesPerOperation { get; init; }

    /// <summary>Raw samples, one list per layout copy.</summary>
    public IReadOnlyList<IReadOnlyList<double>> SampleNanoseconds { get; init; } = [];

    /// <summary>
    /// Percentiles of the durations of single operations: the median over all samples, and the longest duration; null if the row does
    /// not time single operations.
    /// </summary>
    public LatencyPercentiles? Percentiles { get; init; }

    /// <summary>Minima of this launch, which verdicts compare.</summary>
    [JsonIgnore]
    public LaunchMinima Minima => new(MinimumNanoseconds, CalibrationNanoseconds, ParallelCalibrationNanoseconds);
}
