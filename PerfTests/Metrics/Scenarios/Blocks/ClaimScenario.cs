using BenchmarkDotNet.Attributes;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>Claims blocks that another member of the arena offers outside the measured time.</summary>
public class ClaimScenario : LiveBlockScenario
{
    private ShmArena? _other;

    /// <inheritdoc/>
    protected override int BlockCount => HoldersPerInvoke;

    /// <summary>Offers the blocks.</summary>
    [IterationSetup]
    public void Before()
    {
        foreach (var block in Blocks)
        {
            Arena.Offer(block);
        }
    }

    [Benchmark(OperationsPerInvoke = HoldersPerInvoke)]
    public long Claim()
    {
        var (other, blocks) = (_other!, Blocks);
        for (var i = 0; i < blocks.Length; i++)
        {
            other.Claim(blocks[i]);
        }

        return blocks.Length;
    }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        _other = ShmArena.Attach(Arena.Name);
    }

    /// <inheritdoc/>
    protected override void Release() => _other?.Dispose();
}
