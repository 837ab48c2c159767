using BenchmarkDotNet.Attributes;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>Claims blocks that another member of the arena offers outside the measured time.</summary>
public class ClaimScenario : LiveBlockScenario
{
    private ShmArena? _other;

    /// <summary>Number of claims in an invocation.</summary>
    public long OperationsPerInvoke { get; set; } = HoldersPerInvoke;

    /// <inheritdoc/>
    protected override int BlockCount => (int)OperationsPerInvoke;

    /// <summary>Offers the blocks.</summary>
    [IterationSetup]
    public void Before()
    {
        foreach (var block in Blocks)
        {
            Arena.Offer(block);
        }
    }

    [Benchmark]
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
