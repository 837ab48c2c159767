using System.Text.Json.Serialization;
using PerfTests.Statistics;

namespace PerfTests.AllocatorComparison;

/// <summary>What one peer took in one workload, beside the arena.</summary>
internal sealed record NativeAllocatorResult
{
    /// <summary>The peer.</summary>
    [JsonPropertyName("peer")]
    public required string Allocator { get; init; }

    /// <summary>Its time per pair in a loop of native code, or null where none could be built. The strict comparison.</summary>
    public Quartiles? NativeLoopNanoseconds { get; init; }

    /// <summary>The arena's time divided by that of the native loop.</summary>
    public Quartiles? NativeLoopRatio { get; init; }

    /// <summary>Its time per pair, called block by block from managed code.</summary>
    public required Quartiles PInvokeNanoseconds { get; init; }

    /// <summary>The arena's time divided by that of the peer called block by block.</summary>
    public required Quartiles PInvokeRatio { get; init; }

    /// <summary>What is aimed at, or null.</summary>
    public NativeAllocatorGoal? Goal { get; init; }

    /// <summary>True if the median ratio to the native loop meets the goal; null where there is no goal, or no native loop.</summary>
    public bool? MeetsGoal => NativeLoopRatio?.Median <= Goal?.AtMostRatio ? true : NativeLoopRatio is null || Goal is null ? null : false;
}

/// <summary>One workload at one size.</summary>
internal sealed record AllocatorComparisonRow
{
    /// <summary>What was done.</summary>
    public required Workload Workload { get; init; }

    /// <summary>The size of each block.</summary>
    public required int BlockBytes { get; init; }

    /// <summary>The arena's time per pair; of two threads, that of both together.</summary>
    public required Quartiles ArenaNanoseconds { get; init; }

    /// <summary>The peers that are here.</summary>
    [JsonPropertyName("peers")]
    public required IReadOnlyList<NativeAllocatorResult> Others { get; init; }
}
