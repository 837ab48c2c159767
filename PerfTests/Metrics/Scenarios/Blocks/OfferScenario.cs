using BenchmarkDotNet.Attributes;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>Offers blocks, which are claimed outside the measured time.</summary>
public class OfferScenario : LiveBlockScenario
{
    /// <summary>Number of offers in an invocation.</summary>
    public long OperationsPerInvoke { get; set; } = HoldersPerInvoke;

    /// <inheritdoc/>
    protected override int BlockCount => (int)OperationsPerInvoke;

    /// <summary>Claims the blocks, so that they can be offered.</summary>
    [IterationSetup]
    public void Before()
    {
        foreach (var block in Blocks)
        {
            Arena.Claim(block);
        }
    }

    [Benchmark]
    public long Offer()
    {
        var (arena, blocks) = (Arena, Blocks);
        for (var i = 0; i < blocks.Length; i++)
        {
            arena.Offer(blocks[i]);
        }

        return blocks.Length;
    }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        Offer();
    }
}
