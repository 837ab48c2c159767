using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using PerfTests.Machine;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Copies between private memory and a segment.</summary>
public unsafe partial class SizedTransferScenario : IDisposable
{
    /// <summary>Minimum number of bytes that an invocation copies. Copying this many bytes takes long compared with the call.</summary>
    private const int MinByteCount = 1 << 20;

    private SegmentAllocator _allocator = null!;
    private nint _buffer;
    private int _byteCount;
    private ShmBlock _block;

    /// <summary>Size of a copy, in KiB.</summary>
    [Params(4, 64, 1_024, 8_192, 65_536)]
    public int Kibibytes { get; set; }

    /// <summary>Number of copies in an invocation. This is a property, because an attribute cannot depend on the size.</summary>
    public long OperationsPerInvoke => Math.Max(1, MinByteCount / _byteCount);

    /// <summary>Returns the resources of a copy of this many KiB.</summary>
    internal static RowNeeds NeedsFor(int kibibytes)
    {
        var byteCount = kibibytes * 1024L;
        var needs = ScenarioNeeds.WrittenSegments(1, byteCount).Plus(ScenarioNeeds.Buffer(byteCount));
        return needs with { Cores = byteCount < ShmTransfer.ParallelFromByteCount ? 1 : 2 };
    }

    [GlobalSetup]
    public void Setup()
    {
        // Buffer and block both begin at a page. Loads and stores whose addresses agree in the last 12 bits wait for each other,
        // so an unaligned buffer would make the time of a short copy depend on its address.
        _byteCount = Kibibytes * 1024;
        _buffer = (nint)NativeMemory.AlignedAlloc((nuint)_byteCount, (nuint)Environment.SystemPageSize);
        new Random(1).NextBytes(new Span<byte>((void*)_buffer, _byteCount));
        _allocator = new SegmentAllocator();
        _block = _allocator.Allocate(_byteCount);
        SharedMemoryClaim.Claim(_allocator.GetAddress(_block), _byteCount);
    }

    /// <summary>Copies from private memory into the segment.</summary>
    [Benchmark]
    public long Write()
    {
        var copies = OperationsPerInvoke;
        for (long copy = 0; copy < copies; copy++)
        {
            ShmTransfer.Write(_allocator, _block, (void*)_buffer, _byteCount);
        }

        return _block.Offset;
    }

    /// <summary>Copies from the segment into private memory.</summary>
    [Benchmark]
    public long Read()
    {
        var copies = OperationsPerInvoke;
        for (long copy = 0; copy < copies; copy++)
        {
            ShmTransfer.Read(_allocator, _block, (void*)_buffer, _byteCount);
        }

        return _block.Offset;
    }

    /// <summary>Copies the same bytes between addresses, for comparison with <see cref="Memcpy"/>.</summary>
    [Benchmark]
    public long Copy()
    {
        var target = (void*)_allocator.GetAddress(_block);
        var copies = OperationsPerInvoke;
        for (long copy = 0; copy < copies; copy++)
        {
            ShmTransfer.Copy((void*)_buffer, target, _byteCount);
        }

        return _block.Offset;
    }

    /// <summary>Copies the same bytes with memcpy of the C library, for comparison with <see cref="Copy"/>.</summary>
    [Benchmark]
    public long Memcpy()
    {
        var target = (void*)_allocator.GetAddress(_block);
        var copies = OperationsPerInvoke;
        for (long copy = 0; copy < copies; copy++)
        {
            MemoryCopy(target, (void*)_buffer, (nuint)_byteCount);
        }

        return _block.Offset;
    }

    [LibraryImport("libc", EntryPoint = "memcpy")]
    private static partial void* MemoryCopy(void* destination, void* source, nuint byteCount);

    [GlobalCleanup]
    public void Dispose()
    {
        _allocator?.Dispose();
        NativeMemory.AlignedFree((void*)_buffer);
        _buffer = 0;
        GC.SuppressFinalize(this);
    }
}
