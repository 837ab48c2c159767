using System.Text.Json.Serialization;

namespace PerfTests.Results;

/// <summary>What one process measured of one row, in nanoseconds per operation.</summary>
public sealed record LaunchResult
{
    /// <summary>The smallest block median.</summary>
    [JsonRequired]
    public required double FloorNanoseconds { get; init; }

    /// <summary>The median of the block medians.</summary>
    [JsonRequired]
    public required double MedianNanoseconds { get; init; }

    /// <summary>The smallest block median of one step of the reference loop, measured beside it.</summary>
    [JsonRequired]
    public required double ReferenceNanoseconds { get; init; }

    /// <summary>The same of the reference loop that also feels work on the same physical core.</summary>
    public double? ParallelReferenceNanoseconds { get; init; }

    /// <summary>Managed bytes per operation.</summary>
    public double ManagedBytesPerOperation { get; init; }

    /// <summary>The raw samples, a list per copy of the code.</summary>
    public IReadOnlyList<IReadOnlyList<double>> SampleNanoseconds { get; init; } = [];
}
