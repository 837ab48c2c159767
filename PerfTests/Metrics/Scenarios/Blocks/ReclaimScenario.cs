using BenchmarkDotNet.Attributes;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>
/// Frees the offered blocks of a member that has detached. Before each sample another member attaches, claims the blocks, offers
/// them again, and detaches.
/// </summary>
public class ReclaimScenario : BlockRunScenario
{
    /// <summary>Makes a detached member the giver of all blocks.</summary>
    [IterationSetup]
    public void Before()
    {
        AllocateAll();
        using var giver = ShmArena.Attach(Arena.Name);
        foreach (var block in Blocks)
        {
            Arena.Offer(block);
            giver.Claim(block);
            giver.Offer(block);
        }
    }

    /// <summary>Frees the offered blocks. An operation is one block.</summary>
    /// <exception cref="InvalidOperationException">The call freed more or fewer blocks.</exception>
    [Benchmark]
    public long ReclaimOffered()
    {
        var freed = Arena.ReclaimOffered();
        return freed == OperationsPerInvoke
            ? freed
            : throw new InvalidOperationException($"ReclaimOffered freed {CountText.Of(freed, "block")}, expected {OperationsPerInvoke}.");
    }
}
