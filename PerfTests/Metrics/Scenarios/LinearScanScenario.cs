using BenchmarkDotNet.Attributes;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Finds addresses by scanning a list of segments, O(n).</summary>
public class LinearScanScenario : IDisposable
{
    private SegmentAllocator _allocator = null!;
    private ulong[] _keys = [];

    /// <summary>Number of blocks in which addresses are looked up.</summary>
    [Params(1, 10, 100, 1_000, 10_000)]
    public int Segments { get; set; }

    /// <summary>
    /// Number of lookups in an invocation. This is a property, because an attribute cannot depend on the number of segments. The
    /// value 0 stands for <see cref="LookupKeys.CountForScan"/> until the setup.
    /// </summary>
    public long OperationsPerInvoke { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _allocator = new SegmentAllocator();
        OperationsPerInvoke = OperationsPerInvoke > 0 ? OperationsPerInvoke : LookupKeys.CountForScan(Segments);
        _keys = LookupKeys.Draw(_allocator, LookupKeys.AllocateBlocks(_allocator, Segments), (int)OperationsPerInvoke);
    }

    /// <summary>
    /// Resolves addresses, each of which depends on the previous result: the top bit of that result is added to the address. This
    /// bit is always 0 in user space. The processor therefore cannot overlap lookups, and the time per lookup is its latency.
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
