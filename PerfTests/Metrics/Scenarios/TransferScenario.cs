using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Copies 1 MiB from private memory into a block of shared memory.</summary>
public abstract class TransferScenario : IDisposable
{
    /// <summary>Number of layout copies of a row. The buffers of more copies would push each other out of the cache.</summary>
    public const int LayoutCopies = 3;

    private readonly byte[] _source = GC.AllocateUninitializedArray<byte>((int)BlockSize.OneMebibyte, pinned: true);
    private IShmAllocator _allocator = null!;
    private ShmBlock _block;

    [GlobalSetup]
    public void Setup()
    {
        new Random(1).NextBytes(_source);
        _allocator = CreateAllocator();
        _block = _allocator.Allocate(BlockSize.OneMebibyte);
        SharedMemoryClaim.Claim(_allocator.GetAddress(_block), BlockSize.OneMebibyte);
    }

    [Benchmark]
    public long Write()
    {
        ShmTransfer.Write(_allocator, _block, _source);
        return _block.Offset;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _allocator?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Creates the allocator of the block.</summary>
    protected abstract IShmAllocator CreateAllocator();
}
