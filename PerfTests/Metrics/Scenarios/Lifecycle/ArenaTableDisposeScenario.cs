using BenchmarkDotNet.Attributes;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Disposes empty arena tables of 100 slots.</summary>
public class ArenaTableDisposeScenario : IDisposable
{
    private const int TablesPerInvoke = 16, SlotCount = 100;

    private readonly ArenaTable?[] _tables = new ArenaTable?[TablesPerInvoke];

    [IterationSetup]
    public void Before()
    {
        for (var i = 0; i < TablesPerInvoke; i++)
        {
            _tables[i] = new ArenaTable(ArenaTable.SlotBytesFor(ShmArenaOptions.MinCapacityBytes), SlotCount);
        }
    }

    [Benchmark(OperationsPerInvoke = TablesPerInvoke)]
    public long DisposeAll()
    {
        foreach (var table in _tables)
        {
            table!.Dispose();
        }

        return TablesPerInvoke;
    }

    /// <summary>Disposes the tables of an interrupted sample.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        foreach (var table in _tables)
        {
            table?.Dispose();
        }

        GC.SuppressFinalize(this);
    }
}
