using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using PerfTests.Machine;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Copying from private memory into a segment, by size.</summary>
public unsafe partial class SizedTransferScenario : IDisposable
{
    /// <summary>What an invocation copies at least, so that it is long beside calling it.</summary>
    private const int LeastByteCount = 1 << 20;

    private SegmentAllocator _allocator = null!;
    private nint _source;
    private int _byteCount;
    private ShmBlock _block;

    /// <summary>How many KiB are copied.</summary>
    [Params(4, 64, 1_024, 8_192, 65_536)]
    public int Kibibytes { get; set; }

    /// <summary>Copies in an invocation; it depends on the size, so the attribute cannot say it.</summary>
    public long OperationsPerInvoke => Math.Max(1, LeastByteCount / _byteCount);

    /// <summary>Returns what a copy of so many KiB takes.</summary>
    internal static RowNeeds NeedsFor(int kibibytes)
    {
        var byteCount = kibibytes * 1024L;
        return ScenarioNeeds.WrittenSegments(1, byteCount).Plus(ScenarioNeeds.Buffer(byteCount))
            with { Cores = byteCount < ShmTransfer.ParallelFromByteCount ? 1 : 2 };
    }

    [GlobalSetup]
    public void Setup()
    {
        // Source and target begin a page alike: loads and stores whose addresses agree in their last 12 bits wait for
        // each other, and where the source came to lie would decide the time of a short copy.
        _byteCount = Kibibytes * 1024;
        _source = (nint)NativeMemory.AlignedAlloc((nuint)_byteCount, (nuint)Environment.SystemPageSize);
        new Random(1).NextBytes(new Span<byte>((void*)_source, _byteCount));
        _allocator = new SegmentAllocator();
        _block = _allocator.Allocate(_byteCount);
        SharedMemoryClaim.Claim(_allocator.GetAddress(_block), _byteCount);
    }

    [Benchmark]
    public long Write()
    {
        var copies = OperationsPerInvoke;
        for (long copy = 0; copy < copies; copy++)
        {
            ShmTransfer.Write(_allocator, _block, (void*)_source, _byteCount);
        }

        return _block.Offset;
    }

    /// <summary>The same by the C library's memcpy: what <see cref="Write"/> is compared with.</summary>
    [Benchmark]
    public long Memcpy()
    {
        var target = (void*)_allocator.GetAddress(_block);
        var copies = OperationsPerInvoke;
        for (long copy = 0; copy < copies; copy++)
        {
            MemoryCopy(target, (void*)_source, (nuint)_byteCount);
        }

        return _block.Offset;
    }

    [LibraryImport("libc", EntryPoint = "memcpy")]
    private static partial void* MemoryCopy(void* destination, void* source, nuint byteCount);

    [GlobalCleanup]
    public void Dispose()
    {
        _allocator?.Dispose();
        NativeMemory.AlignedFree((void*)_source);
        _source = 0;
        GC.SuppressFinalize(this);
    }
}
