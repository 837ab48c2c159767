using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Copying from private memory into a segment, by size.</summary>
public class SizedTransferScenario : IDisposable
{
    private SegmentAllocator _allocator = null!;
    private byte[] _source = [];
    private ShmBlock _block;

    /// <summary>How many KiB are copied.</summary>
    [Params(4, 64, 1_024, 8_192, 65_536)]
    public int Kibibytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _source = GC.AllocateUninitializedArray<byte>(Kibibytes * 1024, pinned: true);
        new Random(1).NextBytes(_source);
        _allocator = new SegmentAllocator();
        _block = _allocator.Allocate(_source.Length);
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
}
