using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Finding an address by scanning a list of segments, O(n).</summary>
public class LinearScanScenario : IDisposable
{
    private SegmentAllocator _allocator = null!;
    private ulong[] _keys = [];

    /// <summary>How many blocks there are to find an address in.</summary>
    [Params(1, 10, 100, 1_000, 10_000)]
    public int Segments { get; set; }

    /// <summary>Lookups in an invocation; it depends on the number of segments, so the attribute cannot say it.</summary>
    public long OperationsPerInvoke => _keys.Length;

    [GlobalSetup]
    public void Setup()
    {
        _allocator = new SegmentAllocator();
        _keys = LookupKeys.Draw(_allocator, LookupKeys.AllocateBlocks(_allocator, Segments), LookupKeys.CountForScan(Segments));
    }

    /// <summary>
    /// Each address depends on the answer before (a user-space address has no top bit, so nothing is added),
    /// which makes this the time of a lookup and not of many at once.
    /// </summary>
    [Benchmark]
    public long Resolve()
    {
        var keys = _keys;
        nint local = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            _allocator.TryResolve(keys[i] + ((ulong)local >> 63), LookupKeys.RangeByteCount, out local);
        }

        return local;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _allocator?.Dispose();
        GC.SuppressFinalize(this);
    }
}
