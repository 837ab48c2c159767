using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Blocks;

/// <summary>Allocates a batch of blocks through a heap, and frees them in random order.</summary>
public class HeapBatchScenario : HeapScenario
{
    /// <summary>Fixed seed, so that every run of every version frees in the same order.</summary>
    private const int Seed = 20260128;

    private ShmBlock[] _blocks = [];
    private int[] _order = [];

    /// <summary>Number of blocks in an invocation.</summary>
    public long OperationsPerInvoke { get; set; } = 256;

    /// <summary>Size of a block, in bytes.</summary>
    [Params(64, 4_096, 131_072)]
    public int Bytes { get; set; }

    /// <summary>Allocates and frees the batch. An operation is one block.</summary>
    [Benchmark]
    public long AllocateAndFree()
    {
        var (heap, blocks, order, bytes) = (Heap, _blocks, _order, (long)Bytes);
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = heap.Allocate(bytes);
        }

        long sum = 0;
        foreach (var index in order)
        {
            sum += blocks[index].Offset;
            heap.Free(blocks[index]);
        }

        return sum;
    }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        _blocks = new ShmBlock[OperationsPerInvoke];
        _order = [.. Enumerable.Range(0, _blocks.Length)];
        new Random(Seed).Shuffle(_order);
    }
}
