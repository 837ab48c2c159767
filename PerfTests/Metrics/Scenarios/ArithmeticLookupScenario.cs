using BenchmarkDotNet.Attributes;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Finds addresses in an arena by arithmetic, O(1).</summary>
public class ArithmeticLookupScenario : IDisposable
{
    /// <summary>Capacity of the arena, in bytes; no block is touched.</summary>
    public const long CapacityBytes = 256 * BlockSize.OneMebibyte;

    private ShmArena _allocator = null!;
    private ulong[] _keys = [];

    /// <summary>Number of blocks in which addresses are looked up.</summary>
    [Params(1, 10, 100, 1_000, 10_000)]
    public int Segments { get; set; }

    /// <summary>Number of lookups in an invocation.</summary>
    public long OperationsPerInvoke { get; set; } = LookupKeys.MaxKeys;

    [GlobalSetup]
    public void Setup()
    {
        _allocator = ShmArena.Create(new ShmArenaOptions { CapacityBytes = CapacityBytes, Reserve = false });
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
