using BenchmarkDotNet.Attributes;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>
/// Passes blocks from one heap to another: one heap frees the oldest blocks, and the heap that had allocated them collects and
/// allocates them again. One thread uses both heaps, so that the order of all operations is the same in each sample.
/// </summary>
public class OtherHeapCycleScenario : LiveBlockScenario
{
    /// <summary>
    /// Number of blocks in an invocation. It divides the number of live blocks. Since it does not divide a part's 64 blocks, the heap often
    /// searches while another part is half freed.
    /// </summary>
    private const int BlocksPerInvoke = 50;

    private ShmHeap? _other;
    private int _oldest;

    /// <inheritdoc/>
    protected override int BlockCount => 1_000;

    /// <summary>Frees the oldest blocks through the other heap, and replaces them. An operation is one block.</summary>
    [Benchmark(OperationsPerInvoke = BlocksPerInvoke)]
    public long FreeAndAllocate()
    {
        var (heap, other) = (Heap, _other!);
        var oldest = Blocks.AsSpan(_oldest, BlocksPerInvoke);
        foreach (ref readonly var block in oldest)
        {
            other.Free(block);
        }

        long sum = 0;
        foreach (ref var block in oldest)
        {
            block = heap.Allocate(SmallBytes);
            sum += block.Offset;
        }

        _oldest = (_oldest + oldest.Length) % Blocks.Length;
        return sum;
    }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        _other = Arena.OpenHeap();
    }

    /// <inheritdoc/>
    protected override void Release() => _other?.Dispose();
}
