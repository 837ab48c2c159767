using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.AllocatorComparison.Growth;

/// <summary>Finds the addresses of random live blocks.</summary>
public class BlockAddressGrowth : GrowthScenario
{
    private const int Seed = 20260128;
    private const int LookupsPerInvoke = 1_000;

    private ShmBlock[] _blocks = [];
    private int _next;

    /// <summary>Finds the addresses of the next handles. All live blocks have their turn before one is asked for again.</summary>
    [Benchmark(OperationsPerInvoke = LookupsPerInvoke)]
    public long GetAddress()
    {
        var arena = Arena;
        var keys = _blocks.AsSpan(_next, LookupsPerInvoke);
        _next = (_next + LookupsPerInvoke) % _blocks.Length;
        long sum = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            sum += arena.GetAddress(keys[i]);
        }

        return sum;
    }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        _blocks = Allocate(Arena);
        new Random(Seed).Shuffle(_blocks);
    }
}
