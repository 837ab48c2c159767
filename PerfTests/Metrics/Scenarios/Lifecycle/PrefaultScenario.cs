using BenchmarkDotNet.Attributes;
using PerfTests.Machine;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Maps all pages of a segment, so that no access to them causes a page fault.</summary>
public class PrefaultScenario : IDisposable
{
    /// <summary>
    /// Values of <see cref="Mebibytes"/> and <see cref="Reserved"/> that are measured. Mapping 1 GiB that is not allocated takes too
    /// long for a row.
    /// </summary>
    internal static IReadOnlyList<(int Mebibytes, int Reserved)> Cases { get; } = [(64, 0), (64, 1), (1_024, 1)];

    private SharedReservation? _reservation;
    private ShmSegment? _segment;

    /// <summary>Size of the segment, in MiB.</summary>
    [Params(64, 1_024)]
    public int Mebibytes { get; set; }

    /// <summary>1 if the pages are allocated before; 0 if mapping allocates them.</summary>
    [Params(0, 1)]
    public int Reserved { get; set; }

    private long ByteCount => Mebibytes * BlockSize.OneMebibyte;

    [GlobalSetup]
    public void Setup() => _reservation = Reserved == 1 ? new SharedReservation(ByteCount) : null;

    [IterationSetup]
    public void Before()
    {
        if (_reservation is null)
        {
            SharedMemoryClaim.RequireFree(ByteCount);
        }

        _segment = _reservation is null ? ShmSegment.CreateExclusive(ByteCount) : ShmSegment.Open(_reservation.Name, ByteCount);
    }

    /// <summary>Maps the pages.</summary>
    /// <exception cref="CannotMeasureHereException">The kernel does not support this, or has no memory.</exception>
    [Benchmark]
    public long Prefault() => _segment!.TryPrefault(0, ByteCount)
        ? ByteCount
        : throw new CannotMeasureHereException("the pages of a segment cannot be mapped: this needs Linux 5.14 or newer, and free memory");

    [IterationCleanup]
    public void After() => _segment?.Dispose();

    [GlobalCleanup]
    public void Dispose()
    {
        _segment?.Dispose();
        _reservation?.Dispose();
        GC.SuppressFinalize(this);
    }
}
