using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>
/// Asks for the addresses and sizes of blocks, and for the blocks of addresses. Each question depends on the previous answer: the top
/// bit of that answer, which is always 0, is added to the index. The processor therefore cannot overlap the lookups, and the time per
/// lookup is its latency.
/// </summary>
public class BlockHandleScenario : LiveBlockScenario
{
    /// <summary>Fixed seed, so that every run of every version asks for the same blocks in the same order.</summary>
    private const int Seed = 20260128;

    private readonly nint[] _addresses = new nint[MostBlocks];

    /// <summary>Finds the addresses of handles.</summary>
    [Benchmark(OperationsPerInvoke = MostBlocks)]
    public long GetAddress()
    {
        var (arena, blocks) = (Arena, Blocks);
        nint address = 0;
        for (var i = 0; i < blocks.Length; i++)
        {
            address = arena.GetAddress(blocks[i + (int)((ulong)address >> 63)]);
        }

        return address;
    }

    /// <summary>Reads the sizes of blocks.</summary>
    [Benchmark(OperationsPerInvoke = MostBlocks)]
    public long SizeOf()
    {
        var (arena, blocks) = (Arena, Blocks);
        long size = 0;
        for (var i = 0; i < blocks.Length; i++)
        {
            size = arena.SizeOf(blocks[i + (int)((ulong)size >> 63)]);
        }

        return size;
    }

    /// <summary>Finds the handles of addresses.</summary>
    [Benchmark(OperationsPerInvoke = MostBlocks)]
    public long TryFindBlock()
    {
        var (arena, addresses) = (Arena, _addresses);
        long offset = 0;
        for (var i = 0; i < addresses.Length; i++)
        {
            arena.TryFindBlock(addresses[i + (int)((ulong)offset >> 63)], out var block);
            offset = block.Offset;
        }

        return offset;
    }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        var random = new Random(Seed);
        random.Shuffle(Blocks);
        for (var i = 0; i < _addresses.Length; i++)
        {
            _addresses[i] = Arena.GetAddress(Blocks[i]) + (nint)random.NextInt64(SmallBytes);
        }
    }
}
