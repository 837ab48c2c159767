using BenchmarkDotNet.Attributes;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>
/// Hands blocks over between two members of an arena, there and back. Each hand-over asks the kernel twice for the record lock of
/// the receiver.
/// </summary>
public class HandOverScenario : HeapScenario
{
    private ShmBlock[] _blocks = [];
    private ShmArena? _other;

    /// <summary>Number of hand-overs in an invocation. Each block is handed over twice.</summary>
    public long OperationsPerInvoke { get; set; } = 128;

    /// <summary>Hands each block over to the other member, which hands it back.</summary>
    [Benchmark]
    public long HandOver()
    {
        var (arena, other) = (Arena, _other!);
        foreach (var block in _blocks)
        {
            arena.HandOver(block, other.Member);
            other.HandOver(block, arena.Member);
        }

        return _blocks.Length;
    }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        _other = ShmArena.Attach(Arena.Name);
        _blocks = new ShmBlock[OperationsPerInvoke / 2];
        for (var i = 0; i < _blocks.Length; i++)
        {
            _blocks[i] = Heap.Allocate(SmallBytes);
        }
    }

    /// <inheritdoc/>
    protected override void Release() => _other?.Dispose();
}
