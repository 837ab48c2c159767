using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Writes to each page of a new segment for the first time.</summary>
public class FirstTouchScenario : IDisposable
{
    /// <summary>Pages per invocation; enough that touching them, about 8 ns each, is long beside the clock's resolution.</summary>
    private const int PagesPerInvoke = 512;

    /// <summary>Bytes of a segment.</summary>
    public const long ByteCount = PagesPerInvoke * BlockSize.OnePage;

    private ShmSegment _segment = null!;

    /// <summary>1 if the pages are mapped before they are touched.</summary>
    [Params(0, 1)]
    public int Prefaulted { get; set; }

    [IterationSetup]
    public void Before()
    {
        // Touching a page that /dev/shm has no room for would end the process.
        SharedMemoryClaim.RequireFree(ByteCount);
        _segment = ShmSegment.CreateExclusive(ByteCount);
        if (Prefaulted == 1 && !_segment.TryPrefault(0, _segment.Length))
        {
            throw new InvalidOperationException("This kernel cannot map pages ahead: it takes Linux 5.14.");
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
