using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Writes to each page of a new segment for the first time.</summary>
public class FirstTouchScenario : IDisposable
{
    /// <summary>
    /// Number of pages per invocation. Touching a page takes about 8 ns, so an invocation is long compared with the clock's
    /// resolution.
    /// </summary>
    private const int PagesPerInvoke = 512;

    /// <summary>Size of the segment, in bytes.</summary>
    public const long ByteCount = PagesPerInvoke * BlockSize.OnePage;

    private ShmSegment _segment = null!;

    /// <summary>1 if the pages are mapped before they are touched.</summary>
    [Params(0, 1)]
    public int Prefaulted { get; set; }

    [IterationSetup]
    public void Before()
    {
        // If /dev/shm has no room for a page, touching the page raises SIGBUS and ends the process.
        SharedMemoryClaim.RequireFree(ByteCount);
        _segment = ShmSegment.CreateExclusive(ByteCount);
        if (Prefaulted == 1 && !_segment.TryPrefault(0, _segment.Length))
        {
            throw new InvalidOperationException(
                "Cannot map the pages of the segment before they are touched: this needs Linux 5.14 or newer, and free memory.");
        }
    }

    [Benchmark(OperationsPerInvoke = PagesPerInvoke)]
    public long Touch()
    {
        var bytes = _segment.AsSpan(0, (int)_segment.Length);
        for (var offset = 0; offset < bytes.Length; offset += (int)BlockSize.OnePage)
        {
            bytes[offset] = 1;
        }

        return bytes.Length;
    }

    [IterationCleanup]
    public void Dispose()
    {
        _segment?.Dispose();
        GC.SuppressFinalize(this);
    }
}
