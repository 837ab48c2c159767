using BenchmarkDotNet.Attributes;
using PerfTests.Machine;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>
/// Maps all pages of a segment, so that no access to them causes a page fault. Each sample maps a 64th of the segment: a sample of
/// 1 GiB would take longer than all samples of another row.
/// </summary>
public class PrefaultScenario : IDisposable
{
    /// <summary>
    /// Values of <see cref="Mebibytes"/> and <see cref="Reserved"/> that are measured. 1 GiB that is not reserved is left out, because
    /// each layout copy would need its own.
    /// </summary>
    internal static IReadOnlyList<(int Mebibytes, int Reserved)> Cases { get; } = [(64, 0), (64, 1), (1_024, 1)];

    private const int PiecesPerSegment = 64;

    /// <summary>
    /// Order of the pieces. If all layout copies mapped the pieces in the same order, the first copy would bring the kernel's data of a
    /// piece into the cache, and the next copies would take a third of the time.
    /// </summary>
    private readonly int[] _pieces = [.. Enumerable.Range(0, PiecesPerSegment)];

    private SharedReservation? _reservation;
    private ShmSegment? _segment;
    private int _next;

    /// <summary>Size of the segment, in MiB.</summary>
    [Params(64, 1_024)]
    public int Mebibytes { get; set; }

    /// <summary>1 if the pages are allocated before; 0 if mapping allocates them.</summary>
    [Params(0, 1)]
    public int Reserved { get; set; }

    private long ByteCount => Mebibytes * BlockSize.OneMebibyte;

    private long PieceByteCount => BytesPerOperation(Mebibytes);

    /// <summary>Returns the number of bytes that a sample maps.</summary>
    internal static long BytesPerOperation(int mebibytes) => mebibytes * BlockSize.OneMebibyte / PiecesPerSegment;

    [GlobalSetup]
    public void Setup() => _reservation = Reserved == 1 ? new SharedReservation(ByteCount) : null;

    /// <summary>Maps a new segment, or the reserved segment anew, after all its pages were mapped.</summary>
    [IterationSetup]
    public void Before()
    {
        _next = (_next + 1) % PiecesPerSegment;
        if (_segment is not null && _next != 0)
        {
            return;
        }

        _next = 0;
        Random.Shared.Shuffle(_pieces);
        _segment?.Dispose();
        if (_reservation is null)
        {
            SharedMemoryClaim.RequireFree(ByteCount);
        }

        _segment = _reservation is null ? ShmSegment.CreateExclusive(ByteCount) : ShmSegment.Open(_reservation.Name, ByteCount);
    }

    /// <summary>Maps the next pages.</summary>
    /// <exception cref="CannotMeasureHereException">The kernel does not support this, or has no memory.</exception>
    [Benchmark]
    public long Prefault() => _segment!.TryPrefault(_pieces[_next] * PieceByteCount, PieceByteCount)
        ? _next
        : throw PrefaultFailure.Explain();

    [GlobalCleanup]
    public void Dispose()
    {
        _segment?.Dispose();
        _reservation?.Dispose();
        GC.SuppressFinalize(this);
    }
}
