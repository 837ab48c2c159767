using BenchmarkDotNet.Attributes;
using Shm.Arena;

namespace PerfTests.AllocatorComparison.Growth;

/// <summary>
/// Recovers the blocks that a member left. The member is a second attachment of this process, which detaches while it holds its
/// blocks, as in the row <c>arena_recovery_time</c>.
/// </summary>
public class RecoveryGrowth : GrowthScenario
{
    /// <summary>Allocates the blocks in a member and detaches it.</summary>
    [IterationSetup]
    public void Before()
    {
        using var member = ShmArena.Attach(Arena.Name);
        Allocate(member);
    }

    /// <summary>Recovers all blocks.</summary>
    /// <exception cref="InvalidOperationException">The recovery freed another number of blocks.</exception>
    [Benchmark]
    public long Recover()
    {
        var count = Arena.Recover().ReclaimedBlockCount;
        return count == LiveBlocks
            ? count
            : throw new InvalidOperationException($"The recovery freed {count} of {LiveBlocks} blocks.");
    }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        // Each sample allocates the blocks anew.
    }
}
