using BenchmarkDotNet.Attributes;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Scenarios of the arena.</summary>
internal static class ArenaScenarios
{
    /// <summary>All scenarios of the arena, for the table of allocators.</summary>
    public static AllocatorScenarios All { get; } = new()
    {
        Allocation = new(typeof(ArenaAllocationScenario), MetricKind.Computing)
        {
            Needs = ScenarioNeeds.SparseArena(ArenaAllocationScenario.CapacityBytes),
        },
        Cycle = new(typeof(ArenaCycleScenario), MetricKind.Computing)
        {
            Needs = ScenarioNeeds.SparseArena(ArenaCycleScenario.CapacityBytes),
        },
        Transfer = new(typeof(ArenaTransferScenario), MetricKind.Copying)
        {
            Needs = ScenarioNeeds.ReservedArena(ArenaTransferScenario.CapacityBytes)
                .Plus(ScenarioNeeds.Buffer(BlockSize.OneMebibyte)),
            Copies = TransferScenario.LayoutCopies,
        },
        TraceReplay = new(typeof(ArenaTraceReplayScenario), MetricKind.Copying)
        {
            Needs = ScenarioNeeds.SparseArena(ArenaTraceReplayScenario.CapacityBytes, ArenaTraceReplayScenario.WrittenBytes),
            Copies = 6,
            MaxPairedCopies = 6,
        },
    };

    /// <summary>Creates an arena whose blocks take no memory until they are written to.</summary>
    public static ShmArena CreateSparse(long capacityBytes) =>
        ShmArena.Create(new ShmArenaOptions { CapacityBytes = capacityBytes, Reserve = false });
}

/// <summary>Allocates from an arena that has room for all blocks.</summary>
public class ArenaAllocationScenario() : AllocationScenario<ShmArena>(BlocksPerInvoke)
{
    /// <summary>
    /// Number of blocks that an invocation allocates. With this number, a sample is long compared with the 25 ns of the clock.
    /// The arena is sparse, so untouched blocks take no memory.
    /// </summary>
    private const int BlocksPerInvoke = 4096;

    /// <summary>Capacity with room for the blocks of an invocation, in bytes.</summary>
    public const long CapacityBytes = (BlocksPerInvoke + 256) * BlockSize.OneMebibyte;

    /// <inheritdoc/>
    [Benchmark]
    public override long Allocate()
    {
        var (arena, blocks) = (Allocator, Blocks);
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = arena.Allocate(BlockSize.OneMebibyte);
        }

        return blocks[^1].Offset;
    }

    /// <inheritdoc/>
    protected override ShmArena CreateAllocator() => ArenaScenarios.CreateSparse(CapacityBytes);
}

/// <summary>Allocates and frees in an arena.</summary>
public class ArenaCycleScenario : CycleScenario<ShmArena>
{
    /// <summary>Capacity of the arena, in bytes; no block is touched.</summary>
    public const long CapacityBytes = 256 * BlockSize.OneMebibyte;

    /// <summary>Number of cycles in an invocation.</summary>
    public long OperationsPerInvoke { get; set; } = 4096;

    /// <inheritdoc/>
    [Benchmark]
    public override long AllocateAndFree()
    {
        var (arena, cycles) = (Allocator, OperationsPerInvoke);
        long sum = 0;
        for (long i = 0; i < cycles; i++)
        {
            var block = arena.Allocate(BlockSize.OneMebibyte);
            sum += block.Offset;
            arena.Free(block);
        }

        return sum;
    }

    /// <inheritdoc/>
    protected override ShmArena CreateAllocator() => ArenaScenarios.CreateSparse(CapacityBytes);
}

/// <summary>Copies into a block of an arena.</summary>
public class ArenaTransferScenario : TransferScenario
{
    /// <summary>Capacity of the arena, in bytes. The arena reserves all of it.</summary>
    public const long CapacityBytes = 2 * BlockSize.OneMebibyte;

    /// <inheritdoc/>
    protected override IShmAllocator CreateAllocator() => ShmArena.Create(CapacityBytes);
}

/// <summary>Replays a trace with an arena.</summary>
public class ArenaTraceReplayScenario : TraceReplayScenario
{
    private const int ArenaBlocks = 2 * CapacityBlocks;

    /// <summary>Capacity of the arena, in bytes.</summary>
    public const long CapacityBytes = ArenaBlocks * BlockSize.OneMebibyte;

    /// <summary>Bytes that are written to: the first page of each block that the arena has room for.</summary>
    public const long WrittenBytes = ArenaBlocks * BlockSize.OnePage;

    /// <inheritdoc/>
    protected override IShmAllocator CreateAllocator()
    {
        var arena = ArenaScenarios.CreateSparse(CapacityBytes);
        try
        {
            ClaimFirstPages(arena);
            return arena;
        }
        catch
        {
            arena.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Claims every page that the replay writes to. Reserving the whole arena instead would take 128 MiB for each layout copy.
    /// </summary>
    private static void ClaimFirstPages(ShmArena arena)
    {
        var blocks = new List<ShmBlock>();
        while (arena.TryAllocate(BlockSize.OneMebibyte, out var block))
        {
            blocks.Add(block);
            SharedMemoryClaim.Claim(arena.GetAddress(block), BlockSize.OnePage);
        }

        blocks.ForEach(block => arena.Free(block));
    }
}
