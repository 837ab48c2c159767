using BenchmarkDotNet.Attributes;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios;

/// <summary>Finds addresses of another process in a table of many arenas.</summary>
public class ArenaTableLookupScenario : IDisposable
{
    /// <summary>Size of a table slot for the smallest arena, in bytes.</summary>
    public static readonly long SlotBytes = ArenaTable.SlotBytesFor(ShmArenaOptions.MinCapacityBytes);

    /// <summary>Largest number of arenas that <see cref="GetItem"/> gets in turn.</summary>
    private const int MaxArenasInTurn = 8;

    private ArenaTable _table = null!;
    private ulong[] _keys = [];
    private ulong _remoteBaseAddress;

    /// <summary>Number of arenas.</summary>
    [Params(1, 100, 10_000)]
    public int Arenas { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _table = new ArenaTable(SlotBytes, Arenas);
        for (var slot = 0; slot < Arenas; slot++)
        {
            _table.Create(slot, new ShmArenaOptions { CapacityBytes = ShmArenaOptions.MinCapacityBytes, Reserve = false });
        }

        // The keys are addresses of another process, which has its arenas at other addresses.
        _remoteBaseAddress = _table.BaseAddress + (ulong)(SlotBytes * Arenas);
        _keys = LookupKeys.DrawInSlots(_remoteBaseAddress, SlotBytes, Arenas, ShmArenaOptions.MinCapacityBytes);
    }

    /// <summary>
    /// Resolves addresses, each of which depends on the previous result. See <see cref="ArithmeticLookupScenario.Resolve"/>.
    /// </summary>
    [Benchmark(OperationsPerInvoke = LookupKeys.MaxKeys)]
    public long Resolve()
    {
        var (keys, table, remoteBaseAddress) = (_keys, _table, _remoteBaseAddress);
        nint local = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            table.TryResolve(remoteBaseAddress, keys[i] + ((ulong)local >> 63), LookupKeys.RangeByteCount, out local);
        }

        return local;
    }

    /// <summary>Resolves addresses that do not depend on one another.</summary>
    [Benchmark(OperationsPerInvoke = LookupKeys.MaxKeys)]
    public long ResolveMany()
    {
        var (keys, table, remoteBaseAddress) = (_keys, _table, _remoteBaseAddress);
        nint sum = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            table.TryResolve(remoteBaseAddress, keys[i], LookupKeys.RangeByteCount, out var local);
            sum += local;
        }

        return sum;
    }

    /// <summary>
    /// Gets the arenas of eight slots in turn. Each slot but slot 0 depends on the arena before. Only eight arenas are used because their
    /// objects stay in the cache at any addresses. With 100 arenas, objects at some addresses evict one another, which changed the time by
    /// up to 59 %.
    /// </summary>
    [Benchmark(OperationsPerInvoke = LookupKeys.MaxKeys)]
    public long GetItem()
    {
        var (table, last, slot) = (_table, Math.Min(Arenas, MaxArenasInTurn) - 1, 0);
        for (var i = 0; i < LookupKeys.MaxKeys; i++)
        {
            // The lowest bit of a base address is 0, so adding it only makes the next slot depend on this arena.
            slot = slot == last ? 0 : slot + 1;
            slot += (int)(table[slot]!.BaseAddress & 1);
        }

        return slot;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _table?.Dispose();
        GC.SuppressFinalize(this);
    }
}
