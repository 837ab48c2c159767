using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Finds addresses by scanning a list of segments, O(n).</summary>
public class LinearScanScenario : IDisposable
{
    private SegmentAllocator _allocator = null!;
    private ulong[] _keys = [];

    /// <summary>Number of blocks to find addresses in.</summary>
    [Params(1, 10, 100, 1_000, 10_000)]
    public int Segments { get; set; }

    /// <summary>Lookups in an invocation; a property, because the attribute cannot depend on the number of segments.</summary>
    public long OperationsPerInvoke => _keys.Length;

    [GlobalSetup]
    public void Setup()
    {
        _allocator = new SegmentAllocator();
        _keys = LookupKeys.Draw(_allocator, LookupKeys.AllocateBlocks(_allocator, Segments), LookupKeys.CountForScan(Segments));
    }

    /// <summary>
    /// Resolves addresses that each depend on the result before (a user-space address has no top bit, so 0 is added). The
    /// processor cannot overlap such lookups, which gives the latency of one.
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
