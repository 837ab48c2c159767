using BenchmarkDotNet.Attributes;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>
/// Creates sparse arenas of 1 MiB in the slots of an arena table, and attaches to arenas in the slots of another table, as another
/// process does.
/// </summary>
public class ArenaTableFillScenario : IDisposable
{
    /// <summary>Number of arenas in a sample.</summary>
    public const int ArenasPerInvoke = 2;

    private readonly ShmArena[] _owned = new ShmArena[ArenasPerInvoke];
    private readonly ShmArena?[] _filled = new ShmArena?[ArenasPerInvoke];
    private ArenaTable? _table;

    /// <summary>Creates an empty table, and the arenas to attach to.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _table = new ArenaTable(ArenaTable.SlotBytesFor(ShmArenaOptions.MinCapacityBytes), ArenasPerInvoke);
        for (var slot = 0; slot < ArenasPerInvoke; slot++)
        {
            _owned[slot] = ArenaScenarios.CreateSparse(ShmArenaOptions.MinCapacityBytes);
        }
    }

    [Benchmark(OperationsPerInvoke = ArenasPerInvoke)]
    public long Create()
    {
        var options = new ShmArenaOptions { CapacityBytes = ShmArenaOptions.MinCapacityBytes, Reserve = false };
        for (var slot = 0; slot < ArenasPerInvoke; slot++)
        {
            _filled[slot] = _table!.Create(slot, options);
        }

        return _table!.SlotCount;
    }

    [Benchmark(OperationsPerInvoke = ArenasPerInvoke)]
    public long Attach()
    {
        for (var slot = 0; slot < ArenasPerInvoke; slot++)
        {
            _filled[slot] = _table!.Attach(slot, _owned[slot].Name);
        }

        return _table!.SlotCount;
    }

    /// <summary>Empties the slots, and recovers from the departures so that the next attachment need not.</summary>
    [IterationCleanup]
    public void After()
    {
        foreach (var arena in _filled)
        {
            arena?.Dispose();
        }

        foreach (var arena in _owned)
        {
            arena.Recover();
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _table?.Dispose();
        foreach (var arena in _owned)
        {
            arena?.Dispose();
        }

        GC.SuppressFinalize(this);
    }
}
