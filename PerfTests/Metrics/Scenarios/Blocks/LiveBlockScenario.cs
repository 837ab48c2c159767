using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>Base class of scenarios on an arena with small live blocks.</summary>
public abstract class LiveBlockScenario : HeapScenario
{
    /// <summary>
    /// Number of blocks whose holders an invocation changes. The handles and states of so few blocks stay in the cache between the
    /// untimed and the timed part of a sample.
    /// </summary>
    protected const int HoldersPerInvoke = 1_024;

    /// <summary>Number of live blocks.</summary>
    protected virtual int BlockCount => MaxBlocks;

    /// <summary>The live blocks.</summary>
    protected ShmBlock[] Blocks { get; private set; } = [];

    /// <inheritdoc/>
    protected override void Prepare()
    {
        Blocks = new ShmBlock[BlockCount];
        for (var i = 0; i < Blocks.Length; i++)
        {
            Blocks[i] = Heap.Allocate(SmallBytes);
        }
    }
}
