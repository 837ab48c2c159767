using BenchmarkDotNet.Attributes;
using PerfTests.Machine;
using Shm.Core;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Finds addresses of a peer process in 100 mapped segments.</summary>
public class PeerLookupScenario : IDisposable
{
    private const int SegmentCount = Catalogue.DefaultSegmentCount;

    /// <summary>Resources of one layout copy: each segment is mapped twice.</summary>
    internal static RowNeeds Needs { get; } = ScenarioNeeds.UntouchedSegments(2 * SegmentCount);

    private readonly PeerSegments _peers = new();
    private SegmentAllocator? _owner;
    private ulong[] _keys = [];

    /// <summary>Number of lookups in an invocation.</summary>
    public long OperationsPerInvoke { get; set; } = LookupKeys.MaxKeys;

    [GlobalSetup]
    public void Setup()
    {
        _owner = new SegmentAllocator();
        _keys = LookupKeys.Draw(_owner, LookupKeys.AllocateBlocks(_owner, SegmentCount), (int)OperationsPerInvoke);
        foreach (var descriptor in _owner.DescribeAll())
        {
            _peers.Announce(descriptor);
            _peers.TryResolve(descriptor.Address, descriptor.ByteCount, out _);
        }
    }

    /// <summary>
    /// Resolves addresses that do not depend on one another, so that each added instruction takes time. If each lookup waited for the
    /// one before, the processor could run added instructions during the wait.
    /// </summary>
    [Benchmark]
    public long Resolve()
    {
        var keys = _keys;
        nint sum = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            _peers.TryResolve(keys[i], LookupKeys.RangeByteCount, out var local);
            sum += local;
        }

        return sum;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _peers.Dispose();
        _owner?.Dispose();
        GC.SuppressFinalize(this);
    }
}
