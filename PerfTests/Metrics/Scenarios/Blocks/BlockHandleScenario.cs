using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>
/// Asks for the addresses and sizes of some of many live blocks, and for the blocks that contain some addresses. The lookups do not
/// depend on one another, so that each added instruction takes time. If each lookup waited for the one before, the processor could
/// run added instructions during the wait.
/// </summary>
public class BlockHandleScenario : LiveBlockScenario
{
    /// <summary>Fixed seed, so that every run of every version asks for the same blocks in the same order.</summary>
    private const int Seed = 20260128;

    private ShmBlock[] _keys = [];
    private nint[] _addresses = [];

    /// <summary>Number of lookups in an invocation. So few handles stay in the cache.</summary>
    public long OperationsPerInvoke { get; set; } = 1_024;

    /// <summary>Finds the addresses of handles.</summary>
    [Benchmark]
    public long GetAddress()
    {
        var (arena, keys) = (Arena, _keys);
        long sum = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            sum += arena.GetAddress(keys[i]);
        }

        return sum;
    }

    /// <summary>Reads the sizes of blocks.</summary>
    [Benchmark]
    public long SizeOf()
    {
        var (arena, keys) = (Arena, _keys);
        long sum = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            sum += arena.SizeOf(keys[i]);
        }

        return sum;
    }

    /// <summary>Finds the blocks that contain addresses.</summary>
    [Benchmark]
    public long TryFindBlock()
    {
        var (arena, addresses) = (Arena, _addresses);
        long sum = 0;
        for (var i = 0; i < addresses.Length; i++)
        {
            sum += arena.TryFindBlock(addresses[i], out var block) ? block.Offset : 0;
        }

        return sum;
    }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        (_keys, _addresses) = (new ShmBlock[OperationsPerInvoke], new nint[OperationsPerInvoke]);
        var random = new Random(Seed);
        for (var i = 0; i < _keys.Length; i++)
        {
            _keys[i] = Blocks[random.Next(Blocks.Length)];
            _addresses[i] = Arena.GetAddress(_keys[i]) + (nint)random.NextInt64(SmallBytes);
        }
    }
}
