using BenchmarkDotNet.Attributes;
using Shm.Arena;

namespace PerfTests.Metrics.Scenarios.Lifecycle;

/// <summary>Alternately creates and disposes an empty arena table of 100 slots.</summary>
public class ArenaTableCycleScenario
{
    private const int CyclesPerInvoke = 16;
    private readonly int _slotCount = 100;

    [Benchmark(OperationsPerInvoke = CyclesPerInvoke)]
    public long CreateAndDispose()
    {
        long sum = 0;
        for (var i = 0; i < CyclesPerInvoke; i++)
        {
            using var table = new ArenaTable(ArenaTable.SlotBytesFor(ShmArenaOptions.MinCapacityBytes), _slotCount);
            sum += table.SlotCount;
        }

        return sum;
    }
}
