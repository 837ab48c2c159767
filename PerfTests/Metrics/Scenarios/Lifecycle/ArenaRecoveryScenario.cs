using BenchmarkDotNet.Attributes;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>
/// Recovers the blocks that a member left. The member is a second attachment of this process, which detaches while it holds its
/// blocks. A killed process leaves the same state: the kernel drops the record lock of the attachment, and the blocks and slabs stay.
/// </summary>
public class ArenaRecoveryScenario : IDisposable
{
    /// <summary>Capacity of the arena, in bytes.</summary>
    public const long CapacityBytes = 4 * BlockSize.OneMebibyte;

    /// <summary>Numbers of blocks at which recovery is measured.</summary>
    internal static IReadOnlyList<int> BlockCounts { get; } = [64, 10_000];

    private const long ByteCount = 64;

    private ShmArena _arena = null!;

    /// <summary>Number of blocks that the member leaves.</summary>
    [Params(64, 10_000)]
    public int Blocks { get; set; }

    /// <summary>Number of blocks in an invocation. This is a property, because an attribute cannot depend on the parameter.</summary>
    public long OperationsPerInvoke => Blocks;

    [GlobalSetup]
    public void Setup() => _arena = ArenaScenarios.CreateSparse(CapacityBytes);

    /// <summary>Allocates blocks in a member and detaches it.</summary>
    [IterationSetup]
    public void Before()
    {
        using var member = ShmArena.Attach(_arena.Name);
        var heap = member.OpenHeap();
        for (var i = 0; i < Blocks; i++)
        {
            heap.Allocate(ByteCount);
        }
    }

    /// <summary>Recovers the blocks.</summary>
    /// <exception cref="InvalidOperationException">The recovery freed another number of blocks.</exception>
    [Benchmark]
    public long Recover()
    {
        var count = _arena.Recover().ReclaimedBlockCount;
        return count == Blocks ? count : throw new InvalidOperationException($"The recovery freed {count} of {Blocks} blocks.");
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _arena?.Dispose();
        GC.SuppressFinalize(this);
    }
}
