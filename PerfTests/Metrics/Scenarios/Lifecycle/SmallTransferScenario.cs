using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>
/// Copies 64 bytes by each method of <see cref="ShmTransfer"/>. So few bytes are copied that the time is that of the checks and of
/// finding the address.
/// </summary>
public unsafe class SmallTransferScenario : IDisposable
{
    /// <summary>Number of bytes of a copy.</summary>
    private const int ByteCount = 64;

    private const int CopiesPerInvoke = 4_096;

    /// <summary>Mask that keeps offsets within the segment, so that each copy uses another cache line than the one before.</summary>
    private const int OffsetMask = (int)BlockSize.OnePage - ByteCount;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(ByteCount, pinned: true);
    private SegmentAllocator? _allocator;
    private ShmSegment _segment = null!;
    private ShmBlock _block;

    [GlobalSetup]
    public void Setup()
    {
        new Random(1).NextBytes(_buffer);
        _segment = ShmSegment.CreateExclusive(null, BlockSize.OnePage, new ShmSegmentOptions { Reserve = true });
        _allocator = new SegmentAllocator();
        _block = _allocator.Allocate(BlockSize.OnePage);
        SharedMemoryClaim.Claim(_allocator.GetAddress(_block), BlockSize.OnePage);
    }

    [Benchmark(OperationsPerInvoke = CopiesPerInvoke)]
    public long Copy()
    {
        fixed (byte* buffer = _buffer)
        {
            var target = (byte*)_segment.Address;
            for (var i = 0; i < CopiesPerInvoke; i++)
            {
                ShmTransfer.Copy(buffer, target + OffsetOf(i), ByteCount);
            }
        }

        return _buffer[0];
    }

    [Benchmark(OperationsPerInvoke = CopiesPerInvoke)]
    public long WriteToSegment()
    {
        for (var i = 0; i < CopiesPerInvoke; i++)
        {
            ShmTransfer.Write(_segment, _buffer, OffsetOf(i));
        }

        return _buffer[0];
    }

    [Benchmark(OperationsPerInvoke = CopiesPerInvoke)]
    public long ReadFromSegment()
    {
        for (var i = 0; i < CopiesPerInvoke; i++)
        {
            ShmTransfer.Read(_segment, _buffer, OffsetOf(i));
        }

        return _buffer[0];
    }

    [Benchmark(OperationsPerInvoke = CopiesPerInvoke)]
    public long WriteToBlock()
    {
        for (var i = 0; i < CopiesPerInvoke; i++)
        {
            ShmTransfer.Write(_allocator!, _block, _buffer, OffsetOf(i));
        }

        return _buffer[0];
    }

    [Benchmark(OperationsPerInvoke = CopiesPerInvoke)]
    public long ReadFromBlock()
    {
        for (var i = 0; i < CopiesPerInvoke; i++)
        {
            ShmTransfer.Read(_allocator!, _block, _buffer, OffsetOf(i));
        }

        return _buffer[0];
    }

    /// <summary>Makes a view for writing and a view for reading.</summary>
    [Benchmark(OperationsPerInvoke = CopiesPerInvoke)]
    public long View()
    {
        long sum = 0;
        for (var i = 0; i < CopiesPerInvoke; i++)
        {
            sum += _segment.AsSpan(OffsetOf(i), ByteCount)[0] + _segment.AsReadOnlySpan(OffsetOf(i), ByteCount)[1];
        }

        return sum;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _allocator?.Dispose();
        _segment?.Dispose();
        GC.SuppressFinalize(this);
    }

    private static int OffsetOf(int index) => index * ByteCount & OffsetMask;
}
