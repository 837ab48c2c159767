using System.Text.Json.Serialization;
using PerfTests.AllocatorComparison.Memory;
using PerfTests.Statistics;

namespace PerfTests.AllocatorComparison;

/// <summary>Times of one native allocator in one workload, and the arena's time relative to them.</summary>
internal sealed record NativeAllocatorResult
{
    /// <summary>Name of the allocator.</summary>
    [JsonPropertyName("peer")]
    public required string Allocator { get; init; }

    /// <summary>
    /// Time per allocation and free in the native loop, which is written in C, or null if the loops could not be built.
    /// </summary>
    public Quartiles? NativeLoopNanoseconds { get; init; }

    /// <summary>The arena's time divided by <see cref="NativeLoopNanoseconds"/>.</summary>
    public Quartiles? NativeLoopRatio { get; init; }

    /// <summary>Time per allocation and free when managed code calls the allocator once per operation.</summary>
    public required Quartiles PInvokeNanoseconds { get; init; }

    /// <summary>The arena's time divided by <see cref="PInvokeNanoseconds"/>.</summary>
    public required Quartiles PInvokeRatio { get; init; }

    /// <summary>Goal of the arena against this allocator, or null if there is none.</summary>
    public NativeAllocatorGoal? Goal { get; init; }

    /// <summary>True if the median of <see cref="NativeLoopRatio"/> meets the goal; null without a goal or a native loop.</summary>
    public bool? MeetsGoal => NativeLoopRatio?.Median <= Goal?.AtMostRatio ? true : NativeLoopRatio is null || Goal is null ? null : false;
}

/// <summary>Results of one workload at one block size.</summary>
internal sealed record AllocatorComparisonRow
{
    /// <summary>Workload that was timed.</summary>
    public required Workload Workload { get; init; }

    /// <summary>Size of each block, or of the largest, in bytes.</summary>
    public required int BlockBytes { get; init; }

    /// <summary>Number of live blocks of <see cref="Workload.RandomChurn"/>; null for other workloads.</summary>
    public int? LiveBlocks { get; init; }

    /// <summary>Size of the blocks as text, followed by the number of live blocks if it is set.</summary>
    [JsonIgnore]
    public string SizeText => LiveBlocks is { } live
        ? FormattableString.Invariant($"{Workload.SizeText(BlockBytes)}, {live:N0} live")
        : Workload.SizeText(BlockBytes);

    /// <summary>
    /// The arena's time per allocation and free. With two threads the time is divided by the number of blocks of both threads.
    /// </summary>
    public required Quartiles ArenaNanoseconds { get; init; }

    /// <summary>Results of the installed native allocators.</summary>
    [JsonPropertyName("peers")]
    public required IReadOnlyList<NativeAllocatorResult> Others { get; init; }

    /// <summary>Memory that each allocator uses at the peak; empty if the workload keeps few blocks.</summary>
    public IReadOnlyList<PeakMemory> Memory { get; init; } = [];
}
