using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Scenarios of the original allocator, which creates a segment per block.</summary>
internal static class ShmScenarios
{
    /// <summary>All scenarios of the original allocator, for the table of allocators.</summary>
    public static AllocatorScenarios All { get; } = new()
    {
        Allocation = new(typeof(ShmAllocationScenario), MetricKind.SystemCall)
        {
            SampleNeeds = ScenarioNeeds.UntouchedSegments(ShmAllocationScenario.BlocksPerInvoke),
        },
        Cycle = new(typeof(ShmCycleScenario), MetricKind.SystemCall) { SampleNeeds = ScenarioNeeds.UntouchedSegments(1) },
        Transfer = new(typeof(ShmTransferScenario), MetricKind.Copying)
        {
            Needs = ScenarioNeeds.WrittenSegments(1, BlockSize.OneMebibyte).Plus(ScenarioNeeds.Buffer(BlockSize.OneMebibyte)),
            Copies = TransferScenario.LayoutCopies,
        },
        TraceReplay = new(typeof(ShmTraceReplayScenario), MetricKind.SystemCall)
        {
            SampleNeeds = ScenarioNeeds.WrittenSegments(TraceReplayScenario.CapacityBlocks, BlockSize.OnePage),
            Copies = 1,
        },
    };
}

/// <summary>Allocates from the original allocator.</summary>
public class ShmAllocationScenario() : AllocationScenario<SegmentAllocator>(BlocksPerInvoke)
{
    /// <summary>Number of blocks that an invocation allocates.</summary>
    public const int BlocksPerInvoke = 64;

    /// <inheritdoc/>
    [Benchmark(OperationsPerInvoke = BlocksPerInvoke)]
    public override long Allocate()
    {
        var (allocator, blocks) = (Allocator, Blocks);
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = allocator.Allocate(BlockSize.OneMebibyte);
        }

        return blocks[^1].Offset;
    }

    /// <inheritdoc/>
    protected override SegmentAllocator CreateAllocator() => new();
}

/// <summary>Allocates and frees in the original allocator.</summary>
public class ShmCycleScenario : CycleScenario<SegmentAllocator>
{
    private const int CyclesPerInvoke = 16;

    /// <inheritdoc/>
    [Benchmark(OperationsPerInvoke = CyclesPerInvoke)]
    public override long AllocateAndFree()
    {
        var allocator = Allocator;
        long sum = 0;
        for (var i = 0; i < CyclesPerInvoke; i++)
        {
            var block = allocator.Allocate(BlockSize.OneMebibyte);
            sum += block.Offset;
            allocator.Free(block);
        }

        return sum;
    }

    /// <inheritdoc/>
    protected override SegmentAllocator CreateAllocator() => new();
}

/// <summary>Copies into a segment of the original allocator.</summary>
public class ShmTransferScenario : TransferScenario
{
    /// <inheritdoc/>
    protected override IShmAllocator CreateAllocator() => new SegmentAllocator();
}

/// <summary>Replays a trace with the original allocator.</summary>
public class ShmTraceReplayScenario : TraceReplayScenario
{
    /// <inheritdoc/>
    protected override IShmAllocator CreateAllocator() => new SegmentAllocator();
}
