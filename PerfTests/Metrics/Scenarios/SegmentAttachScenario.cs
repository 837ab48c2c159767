using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>
/// Opens and maps an existing segment, as another process does: <c>openat</c>, <c>fstat</c> and <c>geteuid</c> for the checks,
/// <c>mmap</c>, <c>close</c>.
/// </summary>
public class SegmentAttachScenario : IDisposable
{
    private const int CallsPerInvoke = 64;

    private readonly ShmSegment[] _attached = new ShmSegment[CallsPerInvoke];
    private ShmSegment _owner = null!;

    [GlobalSetup]
    public void Setup() => _owner = ShmSegment.CreateExclusive(BlockSize.OneMebibyte);

    [Benchmark(OperationsPerInvoke = CallsPerInvoke)]
    public long Attach()
    {
        for (var i = 0; i < _attached.Length; i++)
        {
            _attached[i] = ShmSegment.Open(_owner.Name, BlockSize.OneMebibyte);
        }

        return _attached[^1].Length;
    }

    [IterationCleanup]
    public void After()
    {
        foreach (var segment in _attached)
        {
            segment?.Dispose();
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _owner?.Dispose();
        GC.SuppressFinalize(this);
    }
}
