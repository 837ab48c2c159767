using BenchmarkDotNet.Attributes;
using Microsoft.Win32.SafeHandles;
using PerfTests.Machine;
using Shm.Core;
using Shm.Core.Native;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>
/// Maps all pages of a new segment: by one thread, by one thread for each processor, and by mmap with MAP_POPULATE, which is the
/// usual way of programs in C.
/// </summary>
public class ParallelPrefaultScenario : IDisposable
{
    /// <summary>Flag of mmap(2) that maps all pages at once.</summary>
    private const int MapPopulate = 0x8000;

    private ShmSegment? _segment;
    private SafeFileHandle? _file;
    private nint _populated;

    /// <summary>Size of the segment, in MiB.</summary>
    [Params(64, 1_024)]
    public int Mebibytes { get; set; } = 64;

    private long ByteCount => Mebibytes * BlockSize.OneMebibyte;

    /// <summary>Creates a segment without pages.</summary>
    [IterationSetup]
    public void Before()
    {
        SharedMemoryClaim.RequireFree(ByteCount);
        _segment = ShmSegment.CreateExclusive(ByteCount);
        var path = Path.Combine(_segment.Directory, _segment.Name);
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
    }

    [Benchmark]
    public long InOneThread() => Prefault(threads: 1);

    [Benchmark]
    public long ByAllProcessors() => Prefault(threads: 0);

    /// <summary>Maps the file a second time, with all its pages.</summary>
    /// <exception cref="CannotMeasureHereException">The kernel refuses.</exception>
    [Benchmark]
    public long ByMapPopulate()
    {
        var mapping = LibC.Map(
            0,
            (nuint)ByteCount,
            LibC.ProtectRead | LibC.ProtectWrite,
            LibC.MapShared | MapPopulate,
            (int)_file!.DangerousGetHandle(),
            0);
        return _populated = mapping != LibC.MapFailed ? mapping : throw new CannotMeasureHereException(
            $"mmap with MAP_POPULATE of {Mebibytes} MiB failed with errno {SegmentCalls.LastError}; "
            + "raise the address-space limit (ulimit -v)");
    }

    [IterationCleanup]
    public void Dispose()
    {
        if (_populated != 0)
        {
            SegmentCalls.Unmap(_populated, ByteCount);
            _populated = 0;
        }

        _file?.Dispose();
        _segment?.Dispose();
        GC.SuppressFinalize(this);
    }

    private long Prefault(int threads) => _segment!.TryPrefault(0, ByteCount, threads)
        ? threads
        : throw PrefaultFailure.Explain();
}
